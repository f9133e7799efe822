package alexnet.data.archive;

import java.net.URI;

/** The collections that anyone may fetch, and what they must be. */
public final class Downloads {
    /**
     * An archive.
     *
     * @param file its name
     * @param address where it is published
     * @param bytes its length
     * @param sha256 its digest
     */
    public record Published(String file, URI address, long bytes, String sha256) {}

    /** CIFAR-10, binary version, of Alex Krizhevsky's page. */
    public static final Published CIFAR_10 = new Published(
            "cifar-10-binary.tar.gz",
            URI.create("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"),
            170_052_171,
            "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd");

    /** Imagenette, ten classes of ImageNet, 320 pixels on the shorter side. */
    public static final Published IMAGENETTE = new Published(
            "imagenette2-320.tgz",
            URI.create("https://s3.amazonaws.com/fast-ai-imageclas/imagenette2-320.tgz"),
            341_663_724,
            "569b4497c98db6dd29f335d1f109cf315fe127053cedf69010d047f0188e158c");

    private Downloads() {}
}
