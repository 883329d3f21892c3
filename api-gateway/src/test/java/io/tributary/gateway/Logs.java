package io.tributary.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/** All that is logged from its making to its end, stack traces with it. */
public final class Logs extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

  public Logs() {
    setContext(root.getLoggerContext());
    start();
    root.addAppender(this);
  }

  @Override
  protected void append(ILoggingEvent event) {
    events.add(event);
  }

  public String text() {
    return events.stream()
        .map(event ->
            event.getFormattedMessage()
                + "\n"
                + ThrowableProxyUtil.asString(event.getThrowableProxy()))
        .collect(Collectors.joining("\n"));
  }

  /** Waits until something is logged, at most ten seconds. */
  public void await(String part) throws InterruptedException {
    Instant deadline = Instant.now().plusSeconds(10);
    while (!text().contains(part)) {
      assertThat(Instant.now()).as("%s in %s", part, text()).isBefore(deadline);
      Thread.sleep(20);
    }
  }

  @Override
  public void close() {
    root.detachAppender(this);
    stop();
  }
}
