/**
 * Recipes: everything a user may set, as immutable records whose defaults are the paper's.
 *
 * <p>The lowest package: it imports no other of this project.
 */
package alexnet.config;
