package dev.fusebox.t5;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.fusebox.fusion.Fusion;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.Hooks;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.fusion.VisionFeatures;
import dev.fusebox.tensor.Loss;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Parameters;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * T5 with a fusion. Holds weights, no state: everything about an input travels through arguments.
 *
 * <pre>{@code
 * FusionPass pass = model.see(pictures, mode);
 * TextStates encoded = model.encode(ids, mask, pass, mode);
 * NDArray logits = model.logits(model.decode(targets, encoded, pass, mode), pass);
 * }</pre>
 */
public final class T5Model {

  private static final String EMBEDDING = "shared.weight";
  private static final String HEAD = "lm_head.weight";

  /** The name of the vectors before the text, as the peft library has it. */
  public static final String PROMPT = "prompt_embeddings";

  private final Blueprint blueprint;
  private final NDArray embedding; // (vocabulary, D)
  private final Matrix head; // (vocabulary, D)
  private final Encoder encoder;
  private final Decoder decoder;
  private final Optional<NDArray> prompt; // (virtual tokens, D)
  private final Fusion fusion;

  private T5Model(Blueprint blueprint, Adaptation adaptation, Function<Blueprint, Fusion> fusion) {
    this.blueprint = blueprint;
    T5Config config = blueprint.config();
    Parameters parameters = blueprint.parameters();
    // Before the first use: a checkpoint may hold any one of these names.
    parameters.tie("encoder.embed_tokens.weight", EMBEDDING);
    parameters.tie("decoder.embed_tokens.weight", EMBEDDING);
    boolean ownHead = ownHead(config, parameters);
    if (!ownHead) {
      parameters.tie(HEAD, EMBEDDING);
    }
    int tokens = config.vocabulary();
    embedding = blueprint.table(EMBEDDING, tokens, config.width(), 1);
    encoder = new Encoder(blueprint);
    decoder = new Decoder(blueprint);
    head =
        ownHead
            ? blueprint.matrix(HEAD, tokens, config.width(), 1)
            : new PlainMatrix(embedding, parameters);
    prompt =
        Optional.of(adaptation.virtualTokens())
            .filter(count -> count > 0)
            .map(count -> blueprint.table(PROMPT, count, config.width(), 1));
    Set<String> base = Set.copyOf(parameters.all().keySet());
    this.fusion = fusion.apply(blueprint);
    parameters.train(
        name ->
            adaptation.adds(name)
                || (this.fusion.trains(name) && (adaptation.tunesBase() || !base.contains(name))));
  }

  private static boolean ownHead(T5Config config, Parameters parameters) {
    return config.head().asStored()
        ? parameters.loadedApart(HEAD, EMBEDDING)
        : config.head() == OutputHead.OWN;
  }

  /** The text model alone. */
  public static T5Model textOnly(T5Config config, Parameters parameters, Ops ops) {
    return textOnly(config, parameters, ops, Adaptation.WHOLE);
  }

  /** The text model alone, adapted. */
  public static T5Model textOnly(
      T5Config config, Parameters parameters, Ops ops, Adaptation adaptation) {
    return new T5Model(
        Blueprint.of(config, parameters, ops, adaptation.matrices()),
        adaptation,
        blueprint -> Fusion.NONE);
  }

  /**
   * The text model with a fusion.
   *
   * @param visionWidth V
   * @param fusion makes the fusion once the text model stands, so that its parameters come last
   */
  public static T5Model withFusion(
      T5Config config,
      int visionWidth,
      Parameters parameters,
      Ops ops,
      Function<FusionContext, Fusion> fusion) {
    return withFusion(config, visionWidth, parameters, ops, Adaptation.WHOLE, fusion);
  }

  /** The same, adapted. */
  public static T5Model withFusion(
      T5Config config,
      int visionWidth,
      Parameters parameters,
      Ops ops,
      Adaptation adaptation,
      Function<FusionContext, Fusion> fusion) {
    return new T5Model(
        Blueprint.of(config, parameters, ops, adaptation.matrices()),
        adaptation,
        blueprint -> fusion.apply(config.fusionContext(visionWidth, parameters, ops)));
  }

  /** The shape. */
  public T5Config config() {
    return blueprint.config();
  }

  /** The weights. */
  public Parameters parameters() {
    return blueprint.parameters();
  }

  /** Tensor maths on the model's device. */
  public Ops ops() {
    return blueprint.ops();
  }

  /** How many vectors stand before the text that the encoder reads. */
  public int virtualTokens() {
    return prompt.map(vectors -> (int) vectors.getShape().get(0)).orElse(0);
  }

  /** Starts the fusion's pass over a batch of pictures. */
  public FusionPass see(VisionFeatures vision, Mode mode) {
    return fusion.begin(vision, mode);
  }

  /**
   * Reads the input.
   *
   * @param ids int64 (B, T)
   * @param mask (B, T), 1 = counts
   * @return (B, S, D)
   */
  public TextStates encode(NDArray ids, NDArray mask, FusionPass pass, Mode mode) {
    NDArray text = embed(ids);
    return encoder.forward(
        prompt
            .map(
                vectors ->
                    new TextStates(
                        blueprint.script().promptedStates(text, vectors),
                        blueprint.script().promptedMask(mask, vectors)))
            .orElseGet(() -> new TextStates(text, mask)),
        pass,
        mode);
  }

  private NDArray embed(NDArray ids) {
    return ops().tokenEmbedding(ids, embedding);
  }

  /**
   * Reads the target with teacher forcing.
   *
   * @param ids int64 (B, U): the target, shifted right
   * @return (B, U, D)
   */
  public NDArray decode(NDArray ids, TextStates encoded, FusionPass pass, Mode mode) {
    return decoder.forward(embed(ids), encoded, pass, mode);
  }

  /**
   * How likely several texts are as the output for one input each, which is read once: they lie one
   * after the other in a row, and none sees another.
   *
   * @param perToken whether the sum of a text's log probabilities is divided by its tokens
   * @return (B, K): the log probability of each row's texts, about -3e38 where there is none
   */
  public NDArray textScores(
      PackedTexts texts, TextStates encoded, FusionPass pass, boolean perToken, Mode mode) {
    NDArray hidden =
        decoder.forwardPacked(embed(texts.inputs()), texts.texts(), encoded, pass, mode);
    try (NDArray logits = logits(hidden, pass)) { // (B, U, vocabulary), by far the largest
      return blueprint
          .script()
          .textScores(
              logits, texts.labels(), texts.texts(), texts.table(), texts.count(), perToken);
    }
  }

  /**
   * How far the right text is from being the likeliest of its row, to learn from: cross entropy
   * over {@link #textScores}.
   *
   * @param right int64 (B): which of a row's texts
   * @param divisor usually how many rows count, over the whole step
   */
  public Loss choiceLoss(
      PackedTexts texts,
      NDArray right,
      TextStates encoded,
      FusionPass pass,
      boolean perToken,
      double divisor,
      Mode mode) {
    if (Hooks.of(pass).logits()) {
      NDArray scores = textScores(texts, encoded, pass, perToken, mode); // (B, K)
      return ops().loss(ops().crossEntropy(scores, right, 0, divisor));
    }
    NDArray hidden =
        decoder.forwardPacked(embed(texts.inputs()), texts.texts(), encoded, pass, mode);
    return ops()
        .choiceLoss(
            beforeHead(hidden),
            head.weight(),
            texts.labels(),
            texts.texts(),
            texts.table(),
            right,
            texts.count(),
            perToken,
            divisor);
  }

  /**
   * Scores (B, U, vocabulary) of what comes out of the decoder's last block, where a fusion has its
   * say before the head.
   *
   * @param hidden (B, U, D), not normed
   */
  public NDArray logitsOfLastBlock(NDArray hidden, FusionPass pass) {
    return logits(pass.afterDecoder(decoder.normed(hidden)), pass);
  }

  /** Scores (B, U, vocabulary) of the decoder's states (B, U, D). */
  public NDArray logits(NDArray hidden, FusionPass pass) {
    return pass.atLogits(ops().linear(beforeHead(hidden), head.weight()));
  }

  private NDArray beforeHead(NDArray hidden) {
    return config().head().scaled() ? ops().scale(hidden, headFactor()) : hidden;
  }

  private double headFactor() {
    return config().head().scale(config().width());
  }

  /** The decoder's weights, for writing token by token. */
  public DecoderWeights decoderWeights() {
    return new DecoderWeights(
        embedding, decoder.weights(), decoder.finalNorm(), head, headFactor());
  }

  /**
   * How far the scores of the decoder's states are from the labels, to learn from: {@link
   * Ops#crossEntropy} of {@link #logits}.
   *
   * @param hidden (B, U, D)
   * @param labels int64 (B, U); -100 does not count
   * @param smoothing share of the target that is spread over the vocabulary
   * @param divisor usually how many labels count, over the whole step
   */
  public Loss loss(
      NDArray hidden, NDArray labels, FusionPass pass, double smoothing, double divisor) {
    if (!Hooks.of(pass).logits()) {
      return ops().headLoss(beforeHead(hidden), head.weight(), labels, smoothing, divisor);
    }
    try (NDArray logits = logits(hidden, pass)) { // as large as all weights
      return ops().loss(ops().crossEntropy(logits, labels, smoothing, divisor));
    }
  }

  /**
   * The decoder's position bias (H, capacity) for the distances {@code -(capacity - 1)} to 0, for
   * writing token by token.
   */
  public NDArray decoderPositions(NDManager manager, int capacity) {
    return decoder.positions(manager, capacity);
  }
}
