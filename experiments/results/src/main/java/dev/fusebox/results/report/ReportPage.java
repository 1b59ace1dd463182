package dev.fusebox.results.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.results.score.SentenceSimilarity;
import dev.fusebox.results.table.Table;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A report as one HTML file that needs nothing else: style, script, charts (Chart.js), data and
 * pictures are inside, and its content policy forbids it to ask for more.
 */
public final class ReportPage {

  private static final String CHARTS =
      "/META-INF/resources/webjars/chart.js/4.5.1/dist/chart.umd.min.js";
  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

  private ReportPage() {}

  /** The page, without a score of what texts mean. */
  public static String render(Report report) {
    return render(report, Optional.empty(), List.of());
  }

  /**
   * The page.
   *
   * @param similarity scores rationales too where there is a model for it
   * @param more tables of what its runs were asked besides, behind those of the report
   */
  public static String render(
      Report report, Optional<SentenceSimilarity> similarity, List<Table> more) {
    Map<String, String> parts =
        Map.of(
            "title", escaped(report.question()),
            "style", resource("report.css"),
            "script", resource("report.js"),
            "charts", resource(CHARTS).replaceAll("//# sourceMappingURL=\\S+", ""),
            "data", data(report, similarity, more));
    return PLACE
        .matcher(resource("report.html"))
        .replaceAll(place -> Matcher.quoteReplacement(parts.get(place.group(1))));
  }

  /** Nothing in the data may end the script element that holds it. */
  private static String data(
      Report report, Optional<SentenceSimilarity> similarity, List<Table> more) {
    try {
      return new ObjectMapper()
          .writeValueAsString(ReportJson.of(report, similarity, more))
          .replace("<", "\\u003c");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can be written", e);
    }
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  private static String resource(String name) {
    try (InputStream stream = ReportPage.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
