/** The notebooks of this project: opened in Jupyter, executed, and compared with what was committed. */
package alexnet.notebooks;
