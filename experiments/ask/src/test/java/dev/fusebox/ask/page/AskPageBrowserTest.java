package dev.fusebox.ask.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.ask.AskedRuns;
import dev.fusebox.ask.TrainedSample;
import dev.fusebox.lab.browser.HeadlessChromium;
import dev.fusebox.questions.Datasets;
import dev.fusebox.questions.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** Asks small runs on the page, in a browser. Skipped where there is no Chromium. */
class AskPageBrowserTest {

  private static final String MARKUP = "<img src=x onerror=document.title='planted'><b>bold</b>";

  @TempDir static Path folder;

  private static AskedRuns runs;
  private static AskPage page;
  private static ChromeDriver browser;

  @BeforeAll
  static void start() throws IOException {
    browser = HeadlessChromium.start(folder.resolve("profile"), 1400, 1000);
    runs = TrainedSample.open(TrainedSample.experiment());
    page = AskPage.start(runs, "127.0.0.1", 0, folder.resolve("adversarial"));
    browser.get(page.address());
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.quit();
    }
    if (page != null) {
      page.close();
      runs.close();
    }
  }

  private static WebElement one(String selector) {
    return browser.findElement(By.cssSelector(selector));
  }

  private static List<WebElement> all(String selector) {
    return browser.findElements(By.cssSelector(selector));
  }

  private static void await(String what, BooleanSupplier there) {
    long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!holds(there)) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  private static boolean holds(BooleanSupplier there) {
    try {
      return there.getAsBoolean();
    } catch (StaleElementReferenceException e) {
      return false; // the page drew it anew
    }
  }

  private static void press(WebElement element) {
    browser.executeScript("arguments[0].click()", element);
  }

  private static Question pictured() {
    return runs.questions().search("test", "").stream()
        .filter(Question::picture)
        .findFirst()
        .orElseThrow();
  }

  private static void write(WebElement field, String text) {
    field.clear();
    field.sendKeys(text);
  }

  /** A question of the data, as it stands there. */
  @BeforeEach
  void pick() {
    Question question = pictured();
    await("questions", () -> !all("#found button").isEmpty());
    write(one("#words"), question.id());
    await("the question", () -> all("#found button").get(0).getText().startsWith(question.id()));
    one("#words").sendKeys(Keys.ENTER);
    await("its text", () -> one("#origin").getText().equals("from " + question.id()));
  }

  private static void ask() {
    press(one("#ask"));
    await(
        "answers",
        () -> one("#verdict").isDisplayed() && one("#progress").getDomAttribute("hidden") != null);
  }

  private static void assertSilent() {
    assertThat(browser.manage().logs().get(LogType.BROWSER).getAll())
        .extracting(LogEntry::getMessage)
        .isEmpty();
  }

  @Test
  void allRunsAnswerSideBySide() {
    assertThat(browser.getCurrentUrl()).as("the token is not in the address").endsWith("/");
    ask();
    assertThat(all("#cards .card")).as("the first ones are chosen").hasSize(6);
    assertThat(all("#cards .card h3"))
        .extracting(WebElement::getText)
        .containsExactly(
            "text seed 1",
            "gated seed 1",
            "patches seed 1",
            "shuffled seed 1",
            "pixels seed 1",
            "ranked seed 1");
    int options = pictured().choices().size();
    assertThat(all("#cards .shares li")).hasSize(6 * options);
    assertThat(all("#cards .heat i"))
        .as("8 x 8 patches , 4 x 4 of clip and 2 x 2 of the backbone")
        .hasSize(64 + 16 + 4);
    assertThat(one("#cards .seen").getDomAttribute("aria-label")).contains("Looks most at the ");
    assertThat(all("#cards .gates")).isNotEmpty();
    press(all("#cards .words button").get(2));
    assertThat(all("#cards .words button").get(2).getDomAttribute("aria-pressed"))
        .isEqualTo("true");
    assertThat(one("#fooled").isEnabled()).as("nothing was changed").isFalse();
    assertSilent();
  }

  @Test
  void whatSomebodyWritesIsTextAndWhatFooledARunIsKept() throws IOException {
    write(one("#question"), MARKUP);
    write(all("#options input[type=text]").get(0), MARKUP);
    press(one("#shuffle"));
    ask();
    assertThat(one("#cards").getText()).contains(MARKUP);
    assertThat(all("#cards b")).allMatch(each -> each.getText().contains("%"));
    assertThat(browser.getTitle()).isEqualTo("Fusebox: ask");
    assertThat(one("#changes").getText()).contains("changed: question", "changed: options");
    assertThat(all("#cards .card.wrong")).as("runs of a moment's training").isNotEmpty();
    press(one("#fooled"));
    await("kept", () -> one("#kept").getText().startsWith("kept as adversarial-1 in "));
    assertThat(one("#fooled").isEnabled()).isFalse();
    Question kept = Datasets.open(folder.resolve("adversarial")).split("test").get(0);
    assertThat(kept.question()).isEqualTo(MARKUP);
    assertThat(kept.choices()).contains(MARKUP);
    assertSilent();
  }

  @Test
  void theSecondStageReadsWhatSomebodyWrote() {
    ask();
    write(one("#cards textarea"), "The duck is a bird.");
    press(one("#cards .again button"));
    await(
        "the answer from it",
        () -> one("#cards h4").getText().equals("rationale, as you wrote it"));
    await("done", () -> one("#progress").getDomAttribute("hidden") != null);
    assertThat(one("#cards textarea").getDomProperty("value")).isEqualTo("The duck is a bird.");
    assertThat(all("#cards .card")).as("the others stay").hasSize(6);
    assertThat(one("#changes").getText()).isEqualTo("changed: rationale");
    assertSilent();
  }

  @Test
  void aPictureOfOnesOwnGoesToTheRunsThatCanSeeIt() throws IOException {
    Path picture;
    try (Stream<Path> files = Files.walk(runs.root().resolve("images"))) {
      picture = files.filter(file -> file.endsWith("image.png")).findFirst().orElseThrow();
    }
    one("#file").sendKeys(picture.toAbsolutePath().toString());
    await(
        "the picture",
        () -> String.valueOf(one("#preview").getDomProperty("src")).contains("/picture?upload="));
    ask();
    assertThat(all("#cards .card .trouble")).hasSize(3);
    assertThat(one("#cards").getText()).contains("does not say which backbone made it");
    assertThat(one("#changes").getText()).isEqualTo("changed: new-picture");
    assertSilent();
  }

  private static void choosePicture(String kind) {
    press(one("input[name=picture][value=" + kind + "]"));
  }

  @Test
  void aQuestionIsAskedWithoutItsPicture() {
    assertThat(one("#preview").isDisplayed()).isTrue();
    choosePicture("none");
    assertThat(one("#preview").isDisplayed()).isFalse();
    assertThat(one("#no-preview").getText()).isEqualTo("no picture");
    ask();
    assertThat(one("#changes").getText()).isEqualTo("changed: no-picture");
    assertThat(all("#cards .heat img")).as("nothing to look at").isEmpty();
    assertSilent();
  }

  @Test
  void aQuestionIsAskedWithThePictureOfAnother() {
    Question other =
        runs.questions().search("train", "").stream()
            .filter(Question::picture)
            .findFirst()
            .orElseThrow();
    write(one("#picture-of"), other.id());
    assertThat(one("input[name=picture][value=of]").isSelected()).as("by typing").isTrue();
    assertThat(one("#preview").getDomProperty("src")).endsWith("/picture?question=" + other.id());
    await("it is drawn", () -> !"0".equals(one("#preview").getDomProperty("naturalWidth")));
    ask();
    assertThat(one("#changes").getText()).isEqualTo("changed: other-picture");
    assertThat(all("#cards .card .trouble")).as("every run can see it").isEmpty();
    assertSilent();
  }

  private static Object background() {
    return browser.executeScript("return getComputedStyle(document.body).backgroundColor");
  }

  @Test
  void darkAndLightAreAButtonAway() {
    Object before = background();
    press(one("#theme"));
    String first = one("html").getDomAttribute("data-theme");
    Object turned = background();
    press(one("#theme"));
    assertThat(turned).isNotEqualTo(before);
    assertThat(background()).isEqualTo(before);
    assertThat(List.of(first, one("html").getDomAttribute("data-theme")))
        .containsExactlyInAnyOrder("dark", "light");
  }

  private static String name(WebElement element) {
    return element.getDomAttribute("aria-label");
  }

  @Test
  void theKeyboardIsEnough() {
    Question question = pictured();
    one("#question").click();
    WebElement focus = browser.switchTo().activeElement();
    focus.sendKeys(" Really?");
    String wanted = "Move option A down"; // behind the context, a mark perhaps, and a text
    for (int i = 0; i < 5 && !wanted.equals(name(browser.switchTo().activeElement())); i++) {
      browser.switchTo().activeElement().sendKeys(Keys.TAB);
    }
    assertThat(name(browser.switchTo().activeElement())).isEqualTo(wanted);
    browser.switchTo().activeElement().sendKeys(Keys.ENTER);
    assertThat(all("#options input[type=text]").get(1).getDomProperty("value"))
        .isEqualTo(question.choices().get(0));
    assertThat(name(browser.switchTo().activeElement()))
        .as("the focus goes along")
        .startsWith("Move option B ");
    browser.switchTo().activeElement().sendKeys(Keys.chord(Keys.CONTROL, Keys.ENTER));
    await("answers", () -> one("#verdict").isDisplayed());
    assertThat(one("#progress-text").getText()).isEqualTo("6 runs answered");
    assertThat(one("#progress-text").getDomAttribute("aria-live")).isEqualTo("polite");
    assertSilent();
  }

  @Test
  void everythingThatIsUsedHasAName() {
    ask();
    Object nameless =
        browser.executeScript(
            """
            return [...document.querySelectorAll("button, input, select, textarea, progress, [role=img]")]
              .filter((e) => !(e.getAttribute("aria-label") || e.textContent.trim() || (e.labels && e.labels.length)))
              .map((e) => e.outerHTML)""");
    assertThat(nameless).isEqualTo(List.of());
    assertThat(one("html").getDomAttribute("lang")).isEqualTo("en");
  }

  @Test
  void aTelephonesWidthIsEnough() {
    Map<String, Object> phone =
        Map.of("width", 360, "height", 780, "deviceScaleFactor", 1, "mobile", true);
    browser.executeCdpCommand("Emulation.setDeviceMetricsOverride", phone);
    try {
      ask();
      assertThat(browser.executeScript("return document.documentElement.scrollWidth"))
          .isEqualTo(360L);
    } finally {
      browser.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    }
  }
}
