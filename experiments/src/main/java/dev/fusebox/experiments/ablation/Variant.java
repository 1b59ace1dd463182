package dev.fusebox.experiments.ablation;

import com.typesafe.config.ConfigObject;
import dev.fusebox.experiments.pipeline.Recipe;

/**
 * One row of the table.
 *
 * @param name as the config names it
 * @param recipe what it does
 * @param tree the resolved config it was bound from
 */
public record Variant(String name, Recipe recipe, ConfigObject tree) {}
