package alexnet.data.scenes;

import java.util.Locale;

/** The ten kinds of objects, in alphabetical order, which is the order of their labels. */
enum SceneClass {
    AIRPLANE(VehicleDrawings::airplane),
    BICYCLE(VehicleDrawings::bicycle),
    CHAIR(HouseholdDrawings::chair),
    FISH(AnimalDrawings::fish),
    HOUSE(OutdoorDrawings::house),
    KEY(HandyDrawings::key),
    SNAIL(AnimalDrawings::snail),
    TEAPOT(HouseholdDrawings::teapot),
    TREE(OutdoorDrawings::tree),
    UMBRELLA(HandyDrawings::umbrella);

    private final Drawing drawing;

    SceneClass(Drawing drawing) {
        this.drawing = drawing;
    }

    /** @return the class name, which is also its folder's name */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @return a new object of this kind */
    Figure figure(Dice dice) {
        Figure figure = new Figure();
        drawing.draw(figure, dice);
        return figure;
    }
}
