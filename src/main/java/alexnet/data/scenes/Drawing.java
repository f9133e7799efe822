package alexnet.data.scenes;

/** Draws one kind of object, each time in another form. */
@FunctionalInterface
interface Drawing {
    /**
     * @param figure receives the parts, the hindmost first
     * @param dice chooses style and proportions
     */
    void draw(Figure figure, Dice dice);
}
