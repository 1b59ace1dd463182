package dev.fusebox.fusion.bilinear;

import dev.fusebox.fusion.Setting;

/** Settings of {@link BilinearFusion}. */
public record BilinearFusionConfig(
    @Setting("Which form: tanh before the products (mlb), sums of products (mfb), or both (mutan)")
        Form form,
    @Setting(value = "Number of sums of products", range = "0 = the model's width, 1 ...")
        int width,
    @Setting(value = "Number of products in each sum", range = "0 = 1 for mlb, else 5; 1 ...")
        int factors,
    @Setting(
            value = "Width to which mutan first projects text and picture",
            range = "0 = the number of sums, 1 ...")
        int inner,
    @Setting(
            value =
                "Signed square root of each sum, sign(z) √|z|, then L2 normalisation at each position",
            range = "true or false")
        boolean signedRoot,
    @Setting(
            "What each text position is multiplied with: the picture it attends to, or the mean of the picture")
        Picture picture,
    @Setting(value = "Attention heads", range = "a divisor of the model's width") int heads,
    @Setting(value = "Train the fusion's own parameters only", range = "true or false")
        boolean freezeLanguageModel) {

  /** Whose products. */
  public enum Form {
    /** {@code tanh(U h) ∘ tanh(V v)}: Kim et al. 2017, arXiv 1610.04325. */
    MLB,
    /** {@code Σ_k (U_k h) ∘ (V_k v)}: Yu et al. 2017, arXiv 1708.01471. */
    MFB,
    /** {@code Σ_k (U_k tanh(A h)) ∘ (V_k tanh(B v))}: Ben-younes et al. 2017, arXiv 1705.06676. */
    MUTAN
  }

  /** What of the picture a text position meets. */
  public enum Picture {
    /** What it attends to. */
    ATTENDED,
    /** The mean of all its vectors. */
    POOLED
  }

  private static final int USUAL_FACTORS = 5;

  public BilinearFusionConfig {
    atLeast(0, "width", width);
    atLeast(0, "factors", factors);
    atLeast(0, "inner", inner);
    atLeast(1, "heads", heads);
    if (form == Form.MLB && factors > 1) {
      throw new IllegalArgumentException(
          "factors must be 0 or 1 where form = mlb, found " + factors);
    }
    if (form != Form.MUTAN && inner > 0) {
      throw new IllegalArgumentException("inner must be 0 unless form = mutan, found " + inner);
    }
  }

  private static void atLeast(int least, String key, int found) {
    if (found < least) {
      throw new IllegalArgumentException(key + " must be at least " + least + ", found " + found);
    }
  }

  /** O, in a model of width D. */
  int outputs(int modelWidth) {
    return width == 0 ? modelWidth : width;
  }

  /** K. */
  int products() {
    if (factors > 0) {
      return factors;
    }
    return form == Form.MLB ? 1 : USUAL_FACTORS;
  }

  /** I, in a model of width D. */
  int innerWidth(int modelWidth) {
    return inner == 0 ? outputs(modelWidth) : inner;
  }
}
