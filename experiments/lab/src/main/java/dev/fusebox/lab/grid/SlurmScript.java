package dev.fusebox.lab.grid;

import dev.fusebox.lab.ablation.AblationPlan;
import dev.fusebox.training.work.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A plan as a script for Slurm. A stage stands one step after the last of its inputs; a step is an
 * array job that waits for the step before; the last job puts the table together. Steps wait for
 * the end of one another, not for success: what failed is told at the end, and what does not depend
 * on it is computed all the same.
 */
public final class SlurmScript {

  private SlurmScript() {}

  /**
   * The script.
   *
   * @param program the launcher, by its whole path
   * @param arguments that make the same plan again: the config's whole path first
   * @param results the folder of all results, by its whole path
   */
  public static String of(
      AblationPlan plan, String program, List<String> arguments, String results) {
    List<List<Stage>> steps = steps(plan);
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < steps.size(); i++) {
      names.append("step_%d='\n".formatted(i + 1));
      steps.get(i).forEach(stage -> names.append(stage.name()).append('\n'));
      names.append("'\n");
    }
    return TEMPLATE
        .replace("@NAME@", plan.experiment().name().replaceAll("[^\\w.-]", "_"))
        .replace("@STEPS@", Integer.toString(steps.size()))
        .replace("@PROGRAM@", quoted(program))
        .replace(
            "@ARGUMENTS@", String.join(" ", arguments.stream().map(SlurmScript::quoted).toList()))
        .replace("@LOGS@", quoted(results + "/slurm"))
        .replace("@NAMES@", names);
  }

  /** Each stage after all of its inputs; as early as they let it. */
  private static List<List<Stage>> steps(AblationPlan plan) {
    Map<Stage, Integer> step = new HashMap<>();
    Map<Integer, List<Stage>> steps = new TreeMap<>();
    for (Stage stage : plan.stages()) { // each after its inputs
      int after = stage.inputs().stream().mapToInt(step::get).max().orElse(-1);
      step.put(stage, after + 1);
      steps.computeIfAbsent(after + 1, any -> new ArrayList<>()).add(stage);
    }
    return new ArrayList<>(steps.values());
  }

  /** As a shell reads it: one word, whatever is in it. */
  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  private static final String TEMPLATE =
      """
      #!/bin/bash
      #SBATCH --job-name=@NAME@
      # Written by fusebox plan --slurm. Submit it with: sbatch grid.sbatch (or: bash grid.sbatch).
      #
      # It submits one array job for each step of the plan and a last job that puts the table together, and ends. What
      # each job asks for is in SBATCH_OPTIONS, which you may change or set: partition, time, memory, GPUs.
      # FUSEBOX_AT_ONCE limits how many stages of an array run at once, FUSEBOX_ARRAY is the longest array that Slurm takes
      # (MaxArraySize less one); a step of more stages is several. Submit it again to go on after whatever happened.
      set -eu

      SBATCH_OPTIONS=${SBATCH_OPTIONS:---cpus-per-task=1}
      program=@PROGRAM@
      arguments=(@ARGUMENTS@)
      logs=@LOGS@
      steps=@STEPS@

      @NAMES@
      keys() { local name=step_$1; printf '%s' "${!name}" | sed '/^$/d'; }

      if [ -z "${FUSEBOX_STEP:-}" ]; then
        mkdir -p "$logs"
        most=${FUSEBOX_ARRAY:-1000}
        after=
        for step in $(seq "$steps"); do
          count=$(keys "$step" | wc -l)
          jobs=
          for before in $(seq 0 "$most" $((count - 1))); do
            size=$((count - before < most ? count - before : most))
            # shellcheck disable=SC2086
            job=$(FUSEBOX_STEP=$step FUSEBOX_BEFORE=$before sbatch --parsable --export=ALL --job-name="@NAME@-$step" $SBATCH_OPTIONS \\
              --array="1-$size${FUSEBOX_AT_ONCE:+%$FUSEBOX_AT_ONCE}" \\
              --output="$logs/%A_%a.log" ${after:+--dependency=afterany$after} "$0")
            jobs=$jobs:${job%%;*}
          done
          after=$jobs
          echo "step $step of $steps: job ${jobs#:}"
        done
        # shellcheck disable=SC2086
        FUSEBOX_STEP=table sbatch --parsable --export=ALL --job-name="@NAME@-table" $SBATCH_OPTIONS \\
          --output="$logs/%j-table.log" --dependency="afterany$after" "$0"
        exit
      fi

      export OMP_NUM_THREADS="${SLURM_CPUS_PER_TASK:-1}"
      if [ "$FUSEBOX_STEP" = table ]; then
        exec "$program" run "${arguments[@]}"
      fi
      status=0
      "$program" stage "${arguments[@]}" "$(keys "$FUSEBOX_STEP" | sed -n "$((FUSEBOX_BEFORE + SLURM_ARRAY_TASK_ID))p")" || status=$?
      case $status in
        10) exit 0 ;; # there already
        *) exit "$status" ;;
      esac
      """;
}
