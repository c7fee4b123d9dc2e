@NullMarked
package io.carillon.protocol.pusher;

import org.jspecify.annotations.NullMarked;
