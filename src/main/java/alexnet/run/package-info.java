/**
 * What a run leaves behind: its folder, its provenance, its metrics log, and files that are whole or absent.
 *
 * <p>Imports {@code alexnet.config} only.
 */
package alexnet.run;
