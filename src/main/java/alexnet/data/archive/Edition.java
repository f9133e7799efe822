package alexnet.data.archive;

import java.util.List;
import java.util.Locale;

/**
 * One year's challenge: what its archives are called and how many pictures they hold.
 *
 * @param name such as {@code ILSVRC2012}, with which its files begin
 * @param train tar of a tar for each class
 * @param validation tar of pictures
 * @param test tar of pictures
 * @param devkit zipped tar with {@code data/meta.mat} and the validation labels
 * @param patch tar of pictures that replace some of the others, or null
 * @param classes how many
 * @param trainImages how many
 * @param validationImages how many
 * @param testImages how many
 * @param testNeeded whether the test pictures, whose labels were published, belong to the collection
 */
record Edition(
        String name,
        String train,
        String validation,
        String test,
        String devkit,
        String patch,
        int classes,
        long trainImages,
        long validationImages,
        long testImages,
        boolean testNeeded) {
    static final Edition ILSVRC_2012 = new Edition(
            "ILSVRC2012",
            "ILSVRC2012_img_train.tar",
            "ILSVRC2012_img_val.tar",
            "ILSVRC2012_img_test.tar",
            "ILSVRC2012_devkit_t12.tar.gz",
            null,
            1000,
            1_281_167,
            50_000,
            100_000,
            false);

    static final Edition ILSVRC_2010 = new Edition(
            "ILSVRC2010",
            "ILSVRC2010_images_train.tar",
            "ILSVRC2010_images_val.tar",
            "ILSVRC2010_images_test.tar",
            "ILSVRC2010_devkit-1.0.tar.gz",
            "patch_images.tar",
            1000,
            1_261_406,
            50_000,
            150_000,
            true);

    /** Other names under which the test pictures are offered. */
    List<String> testNames() {
        return List.of(test, test.replace(".tar", "_v10102019.tar"));
    }

    String idField() {
        return name + "_ID";
    }

    String labels(String split) {
        return name + "_" + split + "_ground_truth.txt";
    }

    /** Such as {@code ILSVRC2012_val_00000001.JPEG}. */
    String picture(String split, int number) {
        return String.format(Locale.ROOT, "%s_%s_%08d.JPEG", name, split, number);
    }
}
