/** What a network has learned ({@code §6.1}): activations of a layer, nearest pictures, short binary codes, a map. */
package alexnet.features;
