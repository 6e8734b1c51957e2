// To deploy takes longer than to look: these look at one stack. A file that ends in `.suite.ts` has tests which run in the test
// file that imports it, and nowhere else.
import "./deployed/conditions.suite.ts";
import "./deployed/page.suite.ts";
import "./deployed/secrets.suite.ts";
