/* System calls on files under a folder that fail: FAIL_UNDER=/home FAIL_CALL=write FAIL_AT=7 FAIL_ON=1.
 *
 * The seventh one fails, and, with FAIL_ON, all that follow: a disk that is full (write), or broken (fsync, rename).
 * Without the variables nothing happens.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static int passed;

static int due(const char *call, const char *path) {
    const char *wanted = getenv("FAIL_CALL"), *under = getenv("FAIL_UNDER"), *at = getenv("FAIL_AT");
    if (!wanted || !under || !at || strcmp(wanted, call) || strncmp(path, under, strlen(under)))
        return 0;
    int now = __sync_add_and_fetch(&passed, 1), number = atoi(at);
    return now == number || (now > number && getenv("FAIL_ON"));
}

static int due_in(const char *call, int file) {
    char link[64], path[PATH_MAX];
    if (!getenv("FAIL_CALL"))
        return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    path[length < 0 ? 0 : length] = 0;
    return due(call, path);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define FAIL(number) do { errno = number; return -1; } while (0)

ssize_t write(int file, const void *data, size_t size) {
    if (due_in("write", file)) FAIL(ENOSPC);
    return REAL(write)(file, data, size);
}
ssize_t pwrite(int file, const void *data, size_t size, off_t at) {
    if (due_in("write", file)) FAIL(ENOSPC);
    return REAL(pwrite)(file, data, size, at);
}
ssize_t pwrite64(int file, const void *data, size_t size, off64_t at) {
    if (due_in("write", file)) FAIL(ENOSPC);
    return REAL(pwrite64)(file, data, size, at);
}
int fsync(int file) {
    if (due_in("fsync", file)) FAIL(EIO);
    return REAL(fsync)(file);
}
int fdatasync(int file) {
    if (due_in("fsync", file)) FAIL(EIO);
    return REAL(fdatasync)(file);
}
int rename(const char *from, const char *to) {
    if (due("rename", to)) FAIL(EIO);
    return REAL(rename)(from, to);
}
