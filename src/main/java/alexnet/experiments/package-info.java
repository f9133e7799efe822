/** From run logs to the tables that the README and {@code results/} show. */
package alexnet.experiments;
