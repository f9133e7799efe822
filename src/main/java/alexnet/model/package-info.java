/** The two-tower {@code ComputationGraph} and its variants, built from a recipe's network; no data. */
package alexnet.model;
