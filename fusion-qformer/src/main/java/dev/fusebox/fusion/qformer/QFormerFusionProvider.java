package dev.fusebox.fusion.qformer;

import dev.fusebox.fusion.Fusion;
import dev.fusebox.fusion.FusionCard;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.FusionProvider;
import dev.fusebox.fusion.TextShape;
import java.util.List;
import java.util.Map;

/** Makes {@link QFormerFusion}. */
public final class QFormerFusionProvider implements FusionProvider<QFormerFusionConfig> {

  @Override
  public String name() {
    return "qformer";
  }

  @Override
  public FusionCard card() {
    return new FusionCard(
        "Learned queries read the picture in a transformer of their own and become tokens before the text.",
        "BLIP-2: Li et al. 2023, arXiv 2301.12597; queries that also read the question: InstructBLIP,"
            + " Dai et al. 2023, arXiv 2305.06500");
  }

  @Override
  public Class<QFormerFusionConfig> configType() {
    return QFormerFusionConfig.class;
  }

  @Override
  public void check(QFormerFusionConfig config, TextShape text) {
    if (config.width() == 0) {
      text.headsOfWidth(config.heads());
    }
  }

  @Override
  public boolean lengthensText() {
    return true;
  }

  @Override
  public boolean meetsInEncoder(QFormerFusionConfig config) {
    return true;
  }

  @Override
  public List<String> contradictions(QFormerFusionConfig config, Map<String, Object> published) {
    return PublishedQFormer.in(published)
        .map(qformer -> qformer.contradictions(config))
        .orElse(List.of());
  }

  @Override
  public Fusion create(QFormerFusionConfig config, FusionContext context) {
    return new QFormerFusion(config, context);
  }
}
