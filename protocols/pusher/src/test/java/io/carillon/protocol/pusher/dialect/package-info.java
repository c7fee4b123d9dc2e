@NullMarked
package io.carillon.protocol.pusher.dialect;

import org.jspecify.annotations.NullMarked;
