// What is started again needs the ports that it had, which nobody may take meanwhile: these choose from the same ports, so
// they run in one file, one after the other.
import "./kept-roles.suite.ts";
import "./killed.suite.ts";
import "./stop-and-start.suite.ts";
