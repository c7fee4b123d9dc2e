package io.carillon.server.transport;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.netty.channel.Channel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollSocketChannel;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The system call {@code send(2)} on the bytes of an array as they lie in the heap: no copy, no
 * reference counts, no promise. Linux on 64 bits.
 *
 * <p>The call is a critical downcall: no safepoint can begin during it, and the array stays in its
 * place. The call takes microseconds, because these sockets never block; only a kernel that is
 * short of memory may take longer, and then all threads wait.
 *
 * <p>A descriptor's number may belong to another socket as soon as its own is closed. Sockets are
 * closed on their event loop only, and this runs there, so a channel that is open now still has its
 * number during the call.
 */
final class NativeSend implements DirectSend {

  private static final int MSG_DONTWAIT = 0x40;
  private static final int MSG_NOSIGNAL = 0x4000;

  private final MethodHandle send;

  private NativeSend(MethodHandle send) {
    this.send = send;
  }

  /** The native call, or {@link DirectSend#NONE} if the platform doesn't have it. */
  @SuppressWarnings("restricted") // The command line allows native access.
  static DirectSend orNone() {
    if (!Epoll.isAvailable() || ADDRESS.byteSize() != Long.BYTES) {
      return NONE;
    }
    Linker linker = Linker.nativeLinker();
    FunctionDescriptor signature =
        FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    return linker
        .defaultLookup()
        .find("send")
        .<DirectSend>map(
            symbol ->
                new NativeSend(
                    linker.downcallHandle(symbol, signature, Linker.Option.critical(true))))
        .orElse(NONE);
  }

  @Override
  public int send(Channel channel, byte[] bytes, int length) {
    if (!(channel instanceof EpollSocketChannel socket) || !socket.isOpen()) {
      return 0;
    }
    return Math.max(0, send(socket.fd().intValue(), MemorySegment.ofArray(bytes), length));
  }

  private int send(int descriptor, MemorySegment bytes, long length) {
    try {
      return (int) (long) send.invokeExact(descriptor, bytes, length, MSG_DONTWAIT | MSG_NOSIGNAL);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
