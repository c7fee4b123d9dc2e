@NullMarked
package io.carillon.presence;

import org.jspecify.annotations.NullMarked;
