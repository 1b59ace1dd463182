package dev.fusebox.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.lab.browser.HeadlessChromium;
import dev.fusebox.questions.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** Opens a report from disk and clicks through it. Skipped where there is no Chromium. */
class ReportBrowserTest {

  @TempDir static Path folder;

  private static ChromeDriver browser;

  @BeforeAll
  static void open() throws IOException {
    browser = HeadlessChromium.start(folder.resolve("profile"), 1280, 900);
    open(ReportSample.report());
  }

  private static void open(Report report) throws IOException {
    Path page =
        Files.writeString(folder.resolve(report.name() + ".html"), ReportPage.render(report));
    browser.get(page.toUri().toString());
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.quit();
    }
  }

  @Test
  void everySectionIsThereAndTheConsoleIsSilent() {
    assertThat(texts("nav a"))
        .containsExactly(
            "Scores",
            "Categories",
            "Learning",
            "Gates",
            "Calibration",
            "Attention",
            "Errors",
            "Disagreement",
            "Provenance");
    clickThrough();
    assertThat(browser.manage().logs().get(LogType.BROWSER).getAll())
        .extracting(LogEntry::getMessage)
        .isEmpty();
  }

  /** What a fusion adds to the loss is drawn as the loss is. */
  @Test
  void thePartsOfTheLossHaveCurves() {
    assertThat(texts("#learning-metric option"))
        .contains("loss", "loss.alignment.contrastive", "loss.alignment.matching");
    choose("#learning-metric", "loss.alignment.contrastive");
    assertThat(one("#learning-chart canvas, canvas#learning-chart").getDomAttribute("aria-label"))
        .startsWith("Line chart: loss.alignment.contrastive by step for each run.");
    choose("#learning-metric", "loss");
  }

  @Test
  void aGridOfFusionsAndFeaturesIsOnePicture() throws IOException {
    open(ReportSample.grid());
    try {
      assertThat(texts("#grid-table thead th")).containsExactly("fusion", "detr", "clip");
      assertThat(texts("#grid-table tbody th")).containsExactly("gated", "gated, blind", "concat");
      assertThat(texts("#grid-table tbody td")).hasSize(6);
      assertThat(texts("#grid-table tbody td.heat"))
          .hasSize(4)
          .allMatch(cell -> cell.matches("\\d+\\.\\d\n\\d+\\.\\d–\\d+\\.\\d"));
      assertThat(one("#grid-lead").getText()).contains("text: ");
    } finally {
      open(ReportSample.report());
    }
  }

  @Test
  void accuracyOverSampledRationalesIsACurveWithItsCost() throws IOException {
    open(ReportSample.sampled());
    try {
      assertThat(texts("nav a")).contains("Self-consistency");
      assertThat(one("#consistency-chart").getDomAttribute("aria-label"))
          .contains("sampled rationales for gated");
      assertThat(texts("#consistency-numbers tbody td:nth-child(2)"))
          .containsExactly("1", "2", "3");
      assertThat(texts("#consistency-numbers tbody td:nth-child(3)"))
          .allMatch(text -> text.matches("\\d+\\.\\d \\[\\d+\\.\\d, \\d+\\.\\d\\]"));
      assertThat(texts("#consistency-numbers tbody td:nth-child(4)")).containsOnly("–");
      assertThat(texts("#consistency-numbers tbody td:nth-child(5)"))
          .containsExactly("4.0", "8.0", "12.0");
      assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
    } finally {
      open(ReportSample.report());
    }
  }

  /** Of 80 steps with noise: a line where the curve goes, and behind it what it is the mean of. */
  @Test
  void learningCurvesAreSmoothWithTheirStepsBehind() {
    String lines =
        """
        const rough = (points) => points.slice(2).reduce((sum, p, i) => sum + Math.abs(p.y - 2 * points[i + 1].y + points[i].y), 0);
        const data = Chart.getChart("learning-chart").data.datasets;
        return data.map((one) => [one.label, String(one.data.length), String(one.borderWidth), String(rough(one.data))])""";
    @SuppressWarnings("unchecked")
    List<List<String>> drawn = (List<List<String>>) browser.executeScript(lines);
    assertThat(drawn).hasSize(2 * 9);
    for (int i = 0; i < drawn.size(); i += 2) {
      List<String> line = drawn.get(i);
      List<String> steps = drawn.get(i + 1);
      assertThat(line.get(0)).matches("(text|gated|blind) seed [123]");
      assertThat(steps.get(0)).as("not in the legend").isEmpty();
      assertThat(List.of(line.get(1), steps.get(1))).containsOnly("80");
      assertThat(Double.parseDouble(line.get(2))).isGreaterThan(Double.parseDouble(steps.get(2)));
      assertThat(Double.parseDouble(line.get(3))).isLessThan(Double.parseDouble(steps.get(3)) / 2);
    }
  }

  @Test
  void theStageInWhichRunsDifferIsShownFirst() throws IOException {
    open(ReportSample.sharing());
    try {
      assertThat(texts("#learning-stage option")).containsExactly("rationale", "answer");
      assertThat(one("#learning-stage").getDomProperty("value")).isEqualTo("answer");
      choose("#learning-stage", "rationale");
      assertThat(all("#learning-numbers tbody tr td:first-child"))
          .as("one line for all, in a table that is folded")
          .extracting(cell -> cell.getDomProperty("textContent"))
          .containsExactly("all runs");
    } finally {
      open(ReportSample.report());
    }
  }

  @Test
  void darkAndLightAreAButtonAway() {
    String before = one("html").getDomAttribute("data-theme");
    Object light = background();
    press(one("#theme"));
    assertThat(background()).isNotEqualTo(light);
    assertThat(one("html").getDomAttribute("data-theme")).isIn("dark", "light");
    press(one("#theme"));
    assertThat(background()).isEqualTo(light);
    assertThat(before == null || before.equals(one("html").getDomAttribute("data-theme"))).isTrue();
  }

  private static Object background() {
    return browser.executeScript("return getComputedStyle(document.body).backgroundColor");
  }

  private static void clickThrough() {
    sort();
    filterErrors();
    press(one("#theme"));
    assertThat(one("html").getDomAttribute("data-theme")).isEqualTo("dark");
    look();
    lookWherePicturesHaveNoPlaces();
    assertThat(one("#pair-lead").getText()).contains("McNemar's exact test");
    press(all("#runs summary").get(0));
    assertThat(one("#runs pre").getText()).contains("\"learningRate\"");
    press(one("#repeat-copy"));
    press(one("#theme"));
  }

  private static void look() {
    choose("#attention-case", "gated seed 1, question 0");
    press(all("#attention-words button").get(2));
    assertThat(all("#attention-words button").get(2).getDomAttribute("aria-pressed"))
        .isEqualTo("true");
    assertThat(all("#attention-picture .heat i")).hasSize(16);
    assertThat(all("#attention-picture .bars")).isEmpty();
    assertThat(one("#attention-layer").isDisplayed()).as("a choice of one layer").isFalse();
  }

  /** The picture and under it a bar for each vector that has weight, with its figure. */
  private static void lookWherePicturesHaveNoPlaces() {
    choose("#attention-case", "gated seed 1, question 1");
    assertThat(one("#attention-layer").isDisplayed()).isTrue();
    assertThat(all("#attention-picture .heat")).isEmpty();
    assertThat(one("#attention-picture img").getDomAttribute("alt")).contains("question 1");
    assertThat(texts("#attention-words button")).containsExactly("The", "circle");
    assertThat(pressed("#attention-words button")).as("most decided").containsExactly("circle");
    assertThat(texts("#attention-picture .bars span"))
        .containsExactly("0.13\n1", "0.75\n2", "0.13\n3");
    press(all("#attention-words button").get(0));
    assertThat(texts("#attention-picture .bars span"))
        .containsExactly("0.25\n1", "0.25\n2", "0.50\n3");
    assertThat(all("#attention-picture .bars i").get(2).getSize().height)
        .isGreaterThan(all("#attention-picture .bars i").get(1).getSize().height);
    assertThat(texts("#attention-answer li")).hasSize(3);
  }

  private static List<String> pressed(String selector) {
    return texts(selector + "[aria-pressed=true]");
  }

  private static void sort() {
    WebElement average = all("#scores-table th button").get(8);
    press(average);
    assertThat(texts("#scores-table tbody:first-of-type td:first-child").get(0)).isEqualTo("gated");
    press(average);
    assertThat(texts("#scores-table tbody:first-of-type td:first-child")).endsWith("gated");
  }

  private static void filterErrors() {
    choose("#errors-run", "gated seed 1");
    assertThat(all("#errors-matrix button")).hasSize(4);
    String before = one("#errors-lead").getText();
    choose("#errors-category", "IMG");
    assertThat(one("#errors-lead").getText()).isNotEqualTo(before);
    press(all("#errors-matrix button").get(0));
    assertThat(all("#errors-cases .case")).isNotEmpty();
    int shown = all("#errors-cases .case").size();
    press(one("#errors-more"));
    assertThat(all("#errors-cases .case")).hasSizeGreaterThan(shown);
    choose("#errors-fusion", "none");
    assertThat(all("#errors-matrix button")).hasSize(2);
    choose("#errors-category", "all");
    choose("#errors-fusion", "all");
  }

  @Test
  void errorsAreThoseOfTheChosenSubjectAndGrade() {
    choose("#errors-run", "gated seed 1");
    assertThat(inMatrix()).isEqualTo(240);
    choose("#errors-subject", "social science");
    assertThat(inMatrix()).isEqualTo(count(question -> subject(question, "social science")));
    press(all("#errors-matrix button").get(0));
    assertThat(texts("#errors-cases .case header"))
        .isNotEmpty()
        .allMatch(header -> header.contains("social science"));
    choose("#errors-grade", "grade 2");
    assertThat(inMatrix())
        .isPositive()
        .isEqualTo(
            count(
                question ->
                    subject(question, "social science") && question.grade().equals("grade2")));
    assertThat(texts("#errors-cases .case header"))
        .isNotEmpty()
        .allMatch(header -> header.contains("grade 2"));
    choose("#errors-subject", "all");
    assertThat(inMatrix()).isEqualTo(count(question -> question.grade().equals("grade2")));
    choose("#errors-grade", "all");
    assertThat(inMatrix()).isEqualTo(240);
  }

  @Test
  void aFusionLeavesItsRunsToChooseFrom() {
    choose("#errors-fusion", "gated");
    assertThat(texts("#errors-run option"))
        .containsExactly(
            "gated seed 1",
            "gated seed 2",
            "gated seed 3",
            "blind seed 1",
            "blind seed 2",
            "blind seed 3");
    choose("#errors-run", "blind seed 2");
    choose("#errors-fusion", "none");
    assertThat(texts("#errors-run option")).allMatch(run -> run.startsWith("text"));
    assertThat(one("#errors-lead").getText()).startsWith("text seed 1");
    choose("#errors-fusion", "all");
    assertThat(texts("#errors-run option")).hasSize(9);
  }

  /** How many questions the fields of the error matrix hold together. */
  private static int inMatrix() {
    return texts("#errors-matrix button small").stream()
        .mapToInt(text -> Integer.parseInt(text.substring(0, text.indexOf(' '))))
        .sum();
  }

  private static int count(Predicate<Question> which) {
    return (int) ReportSample.report().test().stream().filter(which).count();
  }

  private static boolean subject(Question question, String subject) {
    return question.subject().equals(subject);
  }

  private static void choose(String select, String text) {
    all(select + " option").stream()
        .filter(option -> option.getText().equals(text))
        .findFirst()
        .orElseThrow()
        .click();
  }

  /** With the keyboard, as everything must be possible without a mouse. */
  private static void press(WebElement button) {
    button.sendKeys(Keys.ENTER);
  }

  private static WebElement one(String selector) {
    return browser.findElement(By.cssSelector(selector));
  }

  private static List<WebElement> all(String selector) {
    return browser.findElements(By.cssSelector(selector));
  }

  private static List<String> texts(String selector) {
    return all(selector).stream().map(WebElement::getText).toList();
  }
}
