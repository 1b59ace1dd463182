package dev.fusebox.t5;

import ai.djl.ndarray.NDArray;

/**
 * The weights of one attention sub-layer.
 *
 * @param query (H·K, D)
 * @param key (H·K, D)
 * @param value (H·K, D)
 * @param output (D, H·K)
 * @param norm (D)
 */
record Projections(NDArray query, NDArray key, NDArray value, NDArray output, NDArray norm) {

  Projections(String prefix, String kind, Blueprint blueprint) {
    this(
        in(
            prefix + "." + kind + ".q.weight",
            blueprint,
            1 / Math.sqrt((double) blueprint.config().width() * blueprint.config().headWidth())),
        in(prefix + "." + kind + ".k.weight", blueprint, 1 / Math.sqrt(blueprint.config().width())),
        in(prefix + "." + kind + ".v.weight", blueprint, 1 / Math.sqrt(blueprint.config().width())),
        out(prefix + "." + kind + ".o.weight", blueprint),
        blueprint.norm(prefix + ".layer_norm.weight"));
  }

  private static NDArray in(String name, Blueprint blueprint, double deviation) {
    T5Config config = blueprint.config();
    return blueprint.matrix(name, config.attentionWidth(), config.width(), deviation);
  }

  private static NDArray out(String name, Blueprint blueprint) {
    T5Config config = blueprint.config();
    return blueprint.matrix(
        name, config.width(), config.attentionWidth(), 1 / Math.sqrt(config.attentionWidth()));
  }
}
