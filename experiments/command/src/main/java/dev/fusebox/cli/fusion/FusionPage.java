package dev.fusebox.cli.fusion;

import dev.fusebox.fusion.FusionProvider;
import dev.fusebox.training.catalogue.FusionCatalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** {@code docs/fusions.md}: every fusion with a drawing of where it acts, read from their code. */
public final class FusionPage {

  private static final String MADE_BY = "./fusebox describe fusions > docs/fusions.md";

  /**
   * A place on the way from the text to the answer.
   *
   * @param title as it is drawn
   * @param hooks the methods of a pass that act there
   */
  private record Place(String title, List<String> hooks) {

    boolean in(FusionSheet sheet) {
      return sheet.hooks().stream().anyMatch(hooks::contains);
    }
  }

  private static final List<Place> PLACES =
      List.of(
          new Place("embeddings", List.of("atEmbeddings")),
          new Place("encoder blocks", List.of("beforeEncoderBlock", "afterSelfAttention")),
          new Place("encoder's end", List.of("afterEncoder")),
          new Place("decoder blocks", List.of("beforeDecoderBlock")),
          new Place("decoder's end", List.of("afterDecoder")),
          new Place("scores", List.of("atLogits")),
          new Place("loss", List.of("auxiliaryLosses")));

  private static final int MARGIN = 10;
  private static final String GAP = "   ";
  private static final String LINE = "─";

  private FusionPage() {}

  /** The page, of all fusions that the loader finds. */
  public static String of(ClassLoader loader) {
    List<FusionSheet> sheets =
        FusionCatalogue.of(loader).providers().values().stream()
            .<FusionSheet>map(provider -> sheet(provider, loader))
            .toList();
    return """
        # Fusions

        Where each one acts, what it adds and which paper it follows, with the defaults of its settings. This page is generated from the code,
        and a test checks that it is up to date: `%s`. How to write one: [adding-a-fusion.md](adding-a-fusion.md).
        What a step of each costs, in parameters, operations and milliseconds: [fusions-compared.md](fusions-compared.md#what-each-costs).
        Several can be combined, `fusion = [first, second]`: at each hook they act in that order.

        | fusion | acts at | added parameters on T5-base |
        |---|---|---|
        %s
        %s"""
        .formatted(
            MADE_BY,
            sheets.stream().map(FusionPage::row).collect(Collectors.joining()),
            sheets.stream().map(FusionPage::section).collect(Collectors.joining("\n")));
  }

  private static FusionSheet sheet(FusionProvider<?> provider, ClassLoader loader) {
    return FusionSheet.of(provider, loader);
  }

  private static String row(FusionSheet sheet) {
    String places =
        PLACES.stream()
            .filter(place -> place.in(sheet))
            .map(Place::title)
            .collect(Collectors.joining(", "));
    return "| [%s](#%s) | %s | %s |%n"
        .formatted(sheet.name(), sheet.name(), places, millions(sheet));
  }

  private static String millions(FusionSheet sheet) {
    return String.format(Locale.ROOT, "%.1f million", sheet.parameters() / 1e6);
  }

  private static String section(FusionSheet sheet) {
    String keys =
        sheet.keys().stream()
            .map(
                key ->
                    "| `%s` | %s | %s | %s |%n"
                        .formatted(key.name(), key.standard(), key.range(), meaning(key)))
            .collect(Collectors.joining());
    return """
        ## %s
        %s

        ```
        %s
        ```

        %s

        | key | default | allowed | what it does |
        |---|---|---|---|
        %s"""
        .formatted(sheet.name(), sheet.summary(), drawing(sheet), sheet.source(), keys);
  }

  private static String meaning(FusionSheet.Key key) {
    String needs =
        key.needs().stream()
            .map(need -> "; no effect unless " + need.condition())
            .collect(Collectors.joining());
    return (key.meaning() + needs).replace("|", "\\|");
  }

  /** The text's way with a dot at each place where the picture comes in. */
  private static String drawing(FusionSheet sheet) {
    StringBuilder titles = new StringBuilder(" ".repeat(MARGIN));
    StringBuilder text = new StringBuilder(padded("text"));
    StringBuilder picture = new StringBuilder(padded("picture"));
    List<Place> ahead = new ArrayList<>(PLACES.stream().filter(place -> place.in(sheet)).toList());
    for (Place place : PLACES) {
      int width = place.title().length() + GAP.length();
      boolean acts = place.in(sheet);
      String before = ahead.isEmpty() ? " " : LINE;
      ahead.remove(place);
      String after = ahead.isEmpty() ? " " : LINE;
      String joint = ahead.isEmpty() ? "┘" : "┴";
      titles.append(place.title()).append(GAP);
      text.append(cell(LINE, acts ? "●" : LINE, LINE, width));
      picture.append(cell(before, acts ? joint : after, after, width));
    }
    return String.join(
        "\n", titles.toString().stripTrailing(), text + "▶", picture.toString().stripTrailing());
  }

  private static String cell(String before, String middle, String after, int width) {
    int half = (width - GAP.length() - 1) / 2;
    return before.repeat(half) + middle + after.repeat(width - half - 1);
  }

  private static String padded(String word) {
    return word + " ".repeat(MARGIN - word.length());
  }
}
