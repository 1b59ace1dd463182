package dev.fusebox.lab.ablation;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValueFactory;
import dev.fusebox.lab.result.Repeat;
import dev.fusebox.training.recipe.Recipe;
import java.util.function.Supplier;

/**
 * One row of the table.
 *
 * @param name as the config names it
 * @param recipe what it does
 * @param resolving the config it was bound from, resolved anew each time: ten thousand of them take
 *     more room than everything else, and few are asked for
 */
public record Variant(String name, Recipe recipe, Supplier<ConfigObject> resolving) {

  /** One whose config is at hand. */
  public Variant(String name, Recipe recipe, ConfigObject tree) {
    this(name, recipe, () -> tree);
  }

  /** The resolved config it was bound from. */
  public ConfigObject tree() {
    return resolving.get();
  }

  /** As a run of it is computed: on its draw of the training questions, where there are draws. */
  Variant of(Repeat repeat) {
    return repeat.isDrawn()
        ? new Variant(name, recipe.withDraw(repeat.draw()), () -> withDraw(tree(), repeat.draw()))
        : this;
  }

  private static ConfigObject withDraw(ConfigObject tree, long draw) {
    return tree.toConfig()
        .withValue("data.draw", ConfigValueFactory.fromAnyRef(draw, "ablation.draws"))
        .root();
  }
}
