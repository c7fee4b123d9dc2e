@NullMarked
package io.carillon.membership;

import org.jspecify.annotations.NullMarked;
