package io.tributary.controlplane.doors;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SecureNioChannel;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.jspecify.annotations.Nullable;

/** Tomcat's listener, which accepts a connection when its {@link HandshakePace} lets it. */
final class PacedEndpoint extends NioEndpoint {
  private final HandshakePace pace;

  /** Of the connection that is accepted now: of the one thread that accepts. */
  private boolean hasPlace;

  PacedEndpoint(HandshakePace pace) {
    this.pace = pace;
  }

  @Override
  protected SocketChannel serverSocketAccept() throws Exception {
    // Nobody stands before the door while it waits here: whoever comes keeps this place.
    if (!hasPlace) {
      hasPlace = pace.enter();
    }
    return super.serverSocketAccept();
  }

  @Override
  protected NioChannel createChannel(SocketBufferHandler buffer) {
    return new Counted(buffer);
  }

  /** Tomcat uses a channel again for another connection. */
  private final class Counted extends SecureNioChannel {
    private final AtomicBoolean isUnderWay = new AtomicBoolean();

    Counted(SocketBufferHandler buffer) {
      super(buffer, PacedEndpoint.this);
    }

    @Override
    public void reset(@Nullable SocketChannel channel, @Nullable NioSocketWrapper wrapper)
        throws IOException {
      // None is there when it is put away, by whichever thread has closed it.
      if (channel != null) {
        isUnderWay.set(hasPlace);
        hasPlace = false;
      }
      super.reset(channel, wrapper);
    }

    @Override
    public int handshake(boolean read, boolean write) throws IOException {
      int status = super.handshake(read, write);
      if (status == 0) {
        over();
      }
      return status;
    }

    @Override
    public void close() throws IOException {
      over();
      super.close();
    }

    @Override
    public void close(boolean force) throws IOException {
      over();
      super.close(force);
    }

    private void over() {
      if (isUnderWay.compareAndSet(true, false)) {
        pace.leave();
      }
    }
  }
}
