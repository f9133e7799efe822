/** Top-1 and top-5 error: counted on batches, measured on data sets with one or ten views, written as reports. */
package alexnet.evaluation;
