package alexnet.data.scenes;

/**
 * Every constant of the scenes' difficulty, in one place.
 *
 * @param frame size and encoding of the picture
 * @param pose how the object lies in it
 * @param light tones and their disturbances
 * @param clutter what else is in the picture
 */
record SceneStyle(Frame frame, Pose pose, Light light, Clutter clutter) {
    /** What {@link Scenes} draws. */
    static final SceneStyle DEFAULT = new SceneStyle(
            new Frame(150, 260, 9.0 / 16, 16.0 / 9, 0.08, 70, 95),
            new Pose(0.55, 0.90, 20, 0.15, 0.15, 0.06),
            new Light(0.7, 75, 130, 40, 0.22, 0.8, 1.15, 18, 7),
            new Clutter(2, 7, 0.05, 0.15, 0.4, 0.2));

    /** @return the same without grey pictures */
    SceneStyle withoutGrey() {
        Frame colour = new Frame(
                frame.shorterMin,
                frame.shorterMax,
                frame.aspectMin,
                frame.aspectMax,
                0,
                frame.qualityMin,
                frame.qualityMax);
        return new SceneStyle(colour, pose, light, clutter);
    }

    /**
     * @param shorterMin the shorter side in pixels, at least
     * @param shorterMax the shorter side in pixels, at most
     * @param aspectMin width over height, at least
     * @param aspectMax width over height, at most
     * @param greyShare share of pictures stored with one channel, 0 to 1
     * @param qualityMin JPEG quality in percent, at least
     * @param qualityMax JPEG quality in percent, at most
     */
    record Frame(
            int shorterMin,
            int shorterMax,
            double aspectMin,
            double aspectMax,
            double greyShare,
            int qualityMin,
            int qualityMax) {}

    /**
     * @param spanMin the object's longer extent over the picture's shorter side, at least
     * @param spanMax the same, at most
     * @param rotation largest rotation either way, in degrees
     * @param shear largest shift in x per unit of y
     * @param perspective largest change of scale from the object's middle to its edge, as a share
     * @param overhang largest share of the object outside the central square, which a crop loses
     */
    record Pose(double spanMin, double spanMax, double rotation, double shear, double perspective, double overhang) {}

    /**
     * Tones are luma, 0 to 255.
     *
     * @param darker share of pictures whose object is darker than the background, 0 to 1
     * @param gapMin luma between object and background, either way, at least
     * @param gapMax the same, at most
     * @param chroma largest distance of a colour from grey
     * @param gradient largest change of light from the middle to the edge, as a share
     * @param contrastMin contrast factor, at least
     * @param contrastMax contrast factor, at most
     * @param brightness largest shift of all tones
     * @param noise largest deviation of a pixel
     */
    record Light(
            double darker,
            double gapMin,
            double gapMax,
            double chroma,
            double gradient,
            double contrastMin,
            double contrastMax,
            double brightness,
            double noise) {}

    /**
     * @param shapesMin distractors behind the object, at least
     * @param shapesMax the same, at most
     * @param sizeMin a distractor's size over the picture's shorter side, at least
     * @param sizeMax the same, at most
     * @param occlusion share of pictures where something lies before the object
     * @param cover that thing's size over the object's extent, at most
     */
    record Clutter(int shapesMin, int shapesMax, double sizeMin, double sizeMax, double occlusion, double cover) {}
}
