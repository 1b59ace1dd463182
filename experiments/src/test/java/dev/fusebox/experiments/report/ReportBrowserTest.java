package dev.fusebox.experiments.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Opens a report from disk and clicks through it. Skipped where there is no Chromium. */
class ReportBrowserTest {

  @TempDir static Path folder;

  private static ChromeDriver browser;

  @BeforeAll
  static void open() throws IOException {
    Optional<Path> chromium = onPath("chromium", "chromium-browser", "google-chrome");
    Optional<Path> driver = onPath("chromedriver");
    assumeThat(chromium).as("chromium on the PATH").isPresent();
    assumeThat(driver).as("chromedriver on the PATH").isPresent();
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.get().toFile());
    options.setCapability("goog:loggingPrefs", logs);
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--force-prefers-reduced-motion",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--window-size=1280,900",
        "--user-data-dir=" + Files.createDirectory(folder.resolve("profile")));
    browser =
        new ChromeDriver(
            new ChromeDriverService.Builder().usingDriverExecutable(driver.get().toFile()).build(),
            options);
    Path page =
        Files.writeString(folder.resolve("report.html"), ReportPage.render(ReportSample.report()));
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
            "Attention",
            "Errors",
            "Disagreement",
            "Provenance");
    clickThrough();
    assertThat(browser.manage().logs().get(LogType.BROWSER).getAll())
        .extracting(LogEntry::getMessage)
        .isEmpty();
  }

  private static void clickThrough() {
    sort();
    filterErrors();
    press(one("#theme"));
    assertThat(one("html").getDomAttribute("data-theme")).isEqualTo("dark");
    press(all("#attention-words button").get(2));
    assertThat(all("#attention-words button").get(2).getDomAttribute("aria-pressed"))
        .isEqualTo("true");
    assertThat(one("#pair-lead").getText()).contains("McNemar's exact test");
    press(all("#runs summary").get(0));
    assertThat(one("#runs pre").getText()).contains("\"learningRate\"");
    press(one("#repeat-copy"));
    press(one("#theme"));
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

  private static Optional<Path> onPath(String... names) {
    return Stream.of(names)
        .flatMap(
            name ->
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                    .map(place -> Path.of(place, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
