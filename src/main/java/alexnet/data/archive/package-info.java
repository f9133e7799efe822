/**
 * Collections that come as archives, read as streams and never unpacked: ILSVRC-2012 and 2010, CIFAR-10, and tars of
 * class folders; and how those that may be fetched are fetched.
 */
package alexnet.data.archive;
