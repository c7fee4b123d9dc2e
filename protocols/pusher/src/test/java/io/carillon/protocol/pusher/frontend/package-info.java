@NullMarked
package io.carillon.protocol.pusher.frontend;

import org.jspecify.annotations.NullMarked;
