// tsyringe, inside @peculiar/x509, refuses to load without the Reflect metadata API; an API without metadata is enough,
// because x509 registers its parts by explicit tokens.
const nothing = () => undefined;
Object.assign(Reflect, { getMetadata: nothing, getOwnMetadata: nothing, defineMetadata: nothing });
