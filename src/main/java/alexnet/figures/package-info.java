/**
 * Figures for whoever looks at the network step by step: pictures in rows, maps of numbers, charts and tables. Backgrounds are
 * transparent and lettering is mid grey, so that they read on light and on dark pages.
 */
package alexnet.figures;
