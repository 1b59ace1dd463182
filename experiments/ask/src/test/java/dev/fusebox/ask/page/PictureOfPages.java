package dev.fusebox.ask.page;

import dev.fusebox.file.WholeFile;
import dev.fusebox.lab.browser.HeadlessChromium;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/** Takes the README's pictures; {@code checks/pictures} calls it. */
public final class PictureOfPages {

  private static final Duration LONG = Duration.ofMinutes(3);

  private PictureOfPages() {}

  /**
   * Takes a picture of a report, and of the page of {@code fusebox serve} with its first question
   * answered.
   *
   * @param arguments the report's file, the address of the page, where to put {@code report.png}
   *     and {@code page.png}
   */
  public static void main(String[] arguments) throws IOException {
    Path out = Path.of(arguments[2]);
    ChromeDriver browser =
        HeadlessChromium.start(
            Files.createTempDirectory("fusebox-pictures").resolve("profile"), 1200, 860);
    try {
      browser.get(Path.of(arguments[0]).toAbsolutePath().toUri().toString());
      take(browser, out.resolve("report.png"));
      browser.get(arguments[1]);
      ask(browser);
      take(browser, out.resolve("page.png"));
    } finally {
      browser.quit();
    }
  }

  /** Asks the question that the page begins with. */
  private static void ask(ChromeDriver browser) {
    until(() -> text(browser, "#origin").filter(one -> one.startsWith("from ")).isPresent());
    browser.executeScript("document.getElementById('ask').click()");
    until(() -> browser.findElement(By.id("verdict")).isDisplayed());
    until(() -> browser.findElement(By.id("progress")).getDomAttribute("hidden") != null);
    browser.executeScript("window.scrollTo(0, 0)");
  }

  /** Of the first that is there. */
  private static Optional<String> text(ChromeDriver browser, String selector) {
    return browser.findElements(By.cssSelector(selector)).stream()
        .findFirst()
        .map(WebElement::getText);
  }

  private static void until(BooleanSupplier there) {
    long end = System.nanoTime() + LONG.toNanos();
    while (!holds(there)) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("the page did not come so far in " + LONG);
      }
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }

  private static boolean holds(BooleanSupplier there) {
    try {
      return there.getAsBoolean();
    } catch (StaleElementReferenceException e) {
      return false; // the page drew it anew
    }
  }

  private static void take(ChromeDriver browser, Path file) throws IOException {
    byte[] png = browser.getScreenshotAs(OutputType.BYTES);
    WholeFile.write(file, output -> output.write(png));
  }
}
