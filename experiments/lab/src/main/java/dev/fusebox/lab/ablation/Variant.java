package dev.fusebox.lab.ablation;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValueFactory;
import dev.fusebox.lab.result.Repeat;
import dev.fusebox.training.recipe.Recipe;

/**
 * One row of the table.
 *
 * @param name as the config names it
 * @param recipe what it does
 * @param tree the resolved config it was bound from
 */
public record Variant(String name, Recipe recipe, ConfigObject tree) {

  /** As a run of it is computed: on its draw of the training questions, where there are draws. */
  Variant of(Repeat repeat) {
    return repeat.isDrawn()
        ? new Variant(name, recipe.withDraw(repeat.draw()), withDraw(repeat.draw()))
        : this;
  }

  private ConfigObject withDraw(long draw) {
    return tree.toConfig()
        .withValue("data.draw", ConfigValueFactory.fromAnyRef(draw, "ablation.draws"))
        .root();
  }
}
