/** The exported model zip: written, verified, read safely. */
package alexnet.bundle;
