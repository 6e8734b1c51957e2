// To deploy takes longer than to look: these look at one stack.
import "./deployed/page.ts";
import "./deployed/secrets.ts";
