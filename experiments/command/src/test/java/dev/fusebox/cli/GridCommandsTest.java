package dev.fusebox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.lab.grid.Planner;
import dev.fusebox.lab.lease.Holder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/cluster.md} promises to other schedulers. */
class GridCommandsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private Path config;
  private Path results;
  private String home;

  @BeforeEach
  void write() throws IOException {
    config = Files.createDirectories(folder.resolve("it's here")).resolve("mine.conf");
    results = folder.resolve("results");
    Files.writeString(
        config,
        "data.demo.questions = 60\npipeline.answer.format = QCM-A\nablation.seeds = [1, 2]\n");
    home = System.getProperty("fusebox.home", "");
    System.setProperty("fusebox.home", folder.toString());
  }

  @AfterEach
  void restore() {
    if (home.isEmpty()) {
      System.clearProperty("fusebox.home");
    } else {
      System.setProperty("fusebox.home", home);
    }
  }

  private record Said(int status, String out, String err) {}

  private static Said fusebox(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        Main.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(words);
    return new Said(status, out.toString(), err.toString());
  }

  private JsonNode plan() throws IOException {
    Said said = fusebox("plan", config.toString(), "seeds=[1,2]", "--results=" + results, "--json");
    assertThat(said.status()).as(said.err()).isZero();
    return JSON.readTree(said.out());
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  @Test
  void aPlanAsJsonHasEverythingThatASchedulerNeeds() throws IOException {
    JsonNode plan = plan();
    assertThat(plan.fieldNames())
        .toIterable()
        .containsExactly(
            "schema", "experiment", "plannedBy", "results", "arguments", "stages", "runs");
    assertThat(plan.get("schema").asInt()).isEqualTo(1);
    assertThat(plan.get("plannedBy").asText()).isEqualTo(Planner.here().text());
    assertThat(texts(plan.get("arguments")))
        .containsExactly(config.toString(), "seeds=[1,2]", "--results=" + results);
    assertThat(plan.get("stages")).hasSize(5);
    List<String> before = new ArrayList<>();
    for (JsonNode stage : plan.get("stages")) {
      assertThat(stage.fieldNames())
          .toIterable()
          .containsExactly(
              "key", "title", "kind", "inputs", "runs", "state", "estimatedSeconds", "resources");
      assertThat(before).as("each after its inputs").containsAll(texts(stage.get("inputs")));
      assertThat(stage.get("state").asText()).isEqualTo("to do");
      before.add(stage.get("key").asText());
    }
    JsonNode run = plan.get("runs").get(1);
    assertThat(run.get("name").asText()).endsWith("-seed2");
    assertThat(before).containsAll(texts(run.get("stages")));
    assertThat(plan.at("/stages/0/resources").toString())
        .isEqualTo("{\"cpus\":1,\"device\":\"cpu\"}");
    assertThat(results).as("a plan spends nothing").doesNotExist();
  }

  @Test
  void aStageIsComputedByItsKey() throws IOException {
    JsonNode plan = plan();
    String data = plan.at("/stages/0/key").asText();
    String training = plan.at("/stages/1/key").asText();
    List<String> words = new ArrayList<>(List.of("stage"));
    words.addAll(texts(plan.get("arguments")));
    Said early = stage(words, training);
    assertThat(early.status()).isEqualTo(12);
    assertThat(early.err())
        .contains("on " + Holder.thisHost() + " its inputs are not there: demo data (" + data);
    Said made = stage(words, data, "--json", "--run=" + plan.at("/runs/0/name").asText());
    assertThat(made.status()).as(made.err()).isZero();
    assertThat(results.resolve("mine/experiment.json"))
        .content()
        .contains("mine-seed1", "mine-seed2");
    List<String> events = made.out().lines().toList();
    assertThat(events.get(0)).startsWith("{\"event\":\"begun\",\"host\":");
    assertThat(events.get(events.size() - 1))
        .startsWith("{\"event\":\"ended\",\"end\":\"done\",\"stage\":\"" + data + "\"");
    assertThat(stage(words, data).status()).isEqualTo(10);
    assertThat(plan().at("/stages/0/state").asText()).isEqualTo("done");
    String third = "--run=mine-seed3";
    assertThat(
            fusebox("stage", config.toString(), "seeds=[3]", "--results=" + results, data, third)
                .status())
        .isEqualTo(10);
    assertThat(results.resolve("mine/experiment.json"))
        .content()
        .as("runs are added")
        .contains("mine-seed1", "mine-seed2", "mine-seed3");
    assertThat(stage(words, "training-0").status()).isEqualTo(2);
    assertThat(stage(words).err())
        .startsWith("which stage? Give a KEY of fusebox plan --json after CONFIG");
    assertThat(stage(words, data, "data.root=" + folder.resolve("nowhere")).err())
        .startsWith("on " + Holder.thisHost() + ": ")
        .contains("nowhere");
    Said other = stage(words, data, "--planned-by=fusebox 7, DJL 0, Java 99 on node3");
    assertThat(other.status()).isEqualTo(2);
    assertThat(other.err())
        .contains("node3 with fusebox 7, DJL 0, Java 99")
        .startsWith("on " + Holder.thisHost() + ": " + Holder.thisHost() + " has fusebox ");
  }

  @Test
  void whereFeaturesAreCopiedToIsToldToEachStage() throws IOException {
    Path scratch = folder.resolve("near");
    Said said = fusebox("plan", config.toString(), "--scratch=" + scratch, "--json");
    assertThat(texts(JSON.readTree(said.out()).get("arguments"))).contains("--scratch=" + scratch);
  }

  private static Said stage(List<String> words, String... more) {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of(more));
    return fusebox(all.toArray(String[]::new));
  }

  /** Slurm refuses an array of more than {@code MaxArraySize}. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aStepOfMoreStagesThanAnArrayTakesIsSeveralArrays() throws Exception {
    String seeds = "seeds=[1,2,3,4,5]";
    Said said = fusebox("plan", config.toString(), seeds, "--results=" + results, "--slurm");
    Path script = Files.writeString(folder.resolve("grid.sbatch"), said.out());
    immediateSlurm();
    assertThat(shell(Map.of("FUSEBOX_ARRAY", "2"), "bash", script.toString()))
        .contains("step 1 of 3: job 1\n", "step 2 of 3: job 2:3:4\n", "step 3 of 3: job 5:6:7\n");
    List<String> calls = Files.readAllLines(folder.resolve("calls"));
    assertThat(calls.stream().filter(line -> line.startsWith("stage|")))
        .hasSize(11)
        .doesNotHaveDuplicates();
    assertThat(calls.stream().filter(line -> line.startsWith("sbatch 3")))
        .hasSize(3)
        .allMatch(line -> line.contains("--dependency=afterany:2:3:4 "))
        .anyMatch(line -> line.contains("--array=1-1%1"));
  }

  /** With an {@code sbatch} that runs jobs at once, in the order in which they are submitted. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void slurmRunsEachStageOnceAfterItsInputs() throws Exception {
    Said said = fusebox("plan", config.toString(), "--results=" + results, "--slurm");
    assertThat(said.status()).as(said.err()).isZero();
    Path script = Files.writeString(folder.resolve("grid.sbatch"), said.out());
    assertThat(shell(Map.of(), "bash", "-n", script.toString())).isEmpty();
    immediateSlurm();
    String told = shell(Map.of(), "bash", script.toString());
    assertThat(told).contains("step 1 of 3: job 1\n", "step 3 of 3: job 3\n");
    List<String> calls = Files.readAllLines(folder.resolve("calls"));
    JsonNode plan = plan();
    String given = config + "|--results=" + results + "|";
    List<String> stages = calls.stream().filter(line -> line.startsWith("stage|")).toList();
    List<String> keys = stages.stream().map(line -> line.replaceAll(".*\\|(.+)\\|", "$1")).toList();
    assertThat(stages).allMatch(line -> line.startsWith("stage|" + given));
    assertThat(keys).hasSize(5).doesNotHaveDuplicates();
    for (JsonNode stage : plan.get("stages")) {
      int place = keys.indexOf(stage.get("key").asText());
      assertThat(texts(stage.get("inputs"))).allMatch(input -> keys.indexOf(input) < place);
    }
    assertThat(calls).noneMatch(line -> line.startsWith("failed"));
    assertThat(calls.get(calls.size() - 1)).isEqualTo("run|" + given);
    assertThat(calls.stream().filter(line -> line.startsWith("sbatch")))
        .hasSize(4)
        .anyMatch(line -> line.contains("--array=1-2%1") && line.contains("=afterany:1 "));
  }

  private void immediateSlurm() throws IOException {
    executable(
        "bin/sbatch",
        """
        #!/bin/bash
        array= script= job=$(cat "$JOBS" 2>/dev/null || echo 0)
        for word in "$@"; do case $word in --array=*) array=${word#*=} ;; -*) ;; *) script=$word ;; esac; done
        echo "sbatch $FUSEBOX_STEP $*" >> "$CALLS"
        echo $((job + 1)) > "$JOBS"
        if [ -n "$array" ]; then
          limit=${array%%%*}
          for task in $(seq "${limit#*-}"); do SLURM_ARRAY_TASK_ID=$task bash "$script" || echo "failed $?" >> "$CALLS"; done
        else bash "$script"; fi
        echo "$((job + 1));cluster"
        """);
    executable(
        "fusebox", "#!/bin/bash\nprintf '%s|' \"$@\" >> \"$CALLS\"; echo >> \"$CALLS\"; exit 10\n");
  }

  private void executable(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    assertThat(Files.writeString(file, text).toFile().setExecutable(true)).isTrue();
  }

  private String shell(Map<String, String> environment, String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of(
                "PATH",
                folder.resolve("bin") + ":" + System.getenv("PATH"),
                "CALLS",
                folder.resolve("calls").toString(),
                "JOBS",
                folder.resolve("jobs").toString(),
                "FUSEBOX_AT_ONCE",
                "1"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
