package dev.fusebox.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReportPageTest {

  private static final String PAGE = ReportPage.render(ReportSample.report());

  @Test
  void needsNothingElse() {
    assertThat(PAGE)
        .doesNotContain("{{", "<script src", "<link rel=\"stylesheet\"", "sourceMappingURL")
        .contains("default-src 'none'");
  }

  @Test
  void nothingInTheDataBecomesMarkup() {
    assertThat(PAGE).contains("triangle \\u003cb>?").doesNotContain("triangle <b>?");
  }
}
