package io.tributary.fleet.command;

import io.tributary.fleet.lifecycle.FleetContext;
import io.tributary.fleet.lifecycle.FleetException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints a process's log. */
@Command(
    name = "logs",
    mixinStandardHelpOptions = true,
    description = "Prints the log of a process.")
final class LogsCommand implements Callable<Integer> {

  private static final int BLOCK_BYTES = 64 * 1024;
  private static final long BETWEEN_LOOKS_MILLIS = 200;

  @Mixin private ProcessArgument process = new ProcessArgument();

  @Option(
      names = {"-f", "--follow"},
      description = "Go on as it grows, until Ctrl-C.")
  private boolean follow;

  @Override
  public Integer call() throws IOException, InterruptedException {
    FleetContext context = process.fleet().existing();
    Path log = context.folder().log(process.definition(context).name());
    if (!Files.exists(log)) {
      throw new FleetException("there is no log yet: " + log + ". Run: ./tributary up");
    }
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      byte[] block = new byte[BLOCK_BYTES];
      while (true) {
        int read = file.read(block);
        if (read > 0) {
          System.out.write(block, 0, read);
        } else if (!follow) {
          break;
        } else {
          System.out.flush();
          TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MILLIS);
        }
      }
      System.out.flush();
    }
    return 0;
  }
}
