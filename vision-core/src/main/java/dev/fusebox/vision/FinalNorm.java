package dev.fusebox.vision;

/** Whether states pass the norm that stands behind the last layer. */
public enum FinalNorm {
  /**
   * As Hugging Face's {@code last_hidden_state} and {@code hidden_states}, and timm's {@code
   * forward_features}: the last state of a ViT passes, that of CLIP and those of inner layers do
   * not.
   */
  PUBLISHED,
  /** Any state passes. With CLIP's class token this is its {@code pooler_output}. */
  ON,
  /** None passes. */
  OFF
}
