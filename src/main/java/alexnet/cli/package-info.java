/** The commands: they parse, wire the other packages together, and set exit codes. Only this package prints. */
package alexnet.cli;
