package dev.fusebox.demo;

import java.util.List;
import java.util.function.Function;

/**
 * Things of a scene that a text tells instead of a picture: what one of them is like, or which of
 * them is so.
 *
 * @param property of a thing, that all are told by
 * @param sentence with the thing and its property
 * @param what asks for the property of a thing
 * @param which asks for the thing of a property
 */
record ToldThings(Function<Thing, String> property, String sentence, String what, String which) {

  SceneQuestion of(Kind kind, Draw draw, List<Thing> things) {
    Thing asked = draw.one(things);
    String hint = String.join(" ", things.stream().map(this::told).toList());
    String figure = asked.figure().word();
    String like = property.apply(asked);
    if (draw.chance(0.5)) {
      Choices choices = Choices.of(draw, like, things.stream().map(property).toList(), 3);
      return kind.plain(draw, what.formatted(figure), choices, hint, told(asked));
    }
    List<String> figures = things.stream().map(thing -> thing.figure().word()).toList();
    Choices choices = Choices.of(draw, figure, figures, 3);
    return kind.plain(draw, which.formatted(like), choices, hint, told(asked));
  }

  private String told(Thing thing) {
    return sentence.formatted(thing.figure().word(), property.apply(thing));
  }
}
