/**
 * Errors of exported models, alone or averaged: counted picture by picture on prepared data or on files, with one or ten
 * views, and written as reports and tables.
 */
package alexnet.evaluation;
