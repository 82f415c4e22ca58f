/*
 * The recorder of the power-loss proof: preloaded into a process, it writes down in one journal, in the order in which
 * they happened, all changes and syncs of the files of one folder, and the lines the process notes about itself.
 *
 * SHEAF_POWER_FOLDER  the folder, as a real path; it must be empty when the process starts
 * SHEAF_POWER_NOTES   the file whose writes are the process's notes
 * SHEAF_POWER_JOURNAL the journal; proof/power-loss/disk-journal.ts reads it
 *
 * One lock around each call and its entry makes the journal's order the true one. Calls that would change a file
 * without an entry are entered as UNKNOWN: the proof then says that it does not see everything. SQLite's -shm files are
 * left out: they hold nothing that outlives a process.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { CREATE = 1, WRITE, TRUNCATE, SYNC, SYNC_FOLDER, RENAME, UNLINK, NOTE, MAKE_FOLDER, UNKNOWN };
enum { UNWATCHED = 0, WATCHED_FILE, WATCHED_FOLDER, NOTES };

#define MAX_FD 4096
struct open_file {
  int kind;
  int append;
  uint64_t inode;
  char name[512];
};

static struct open_file files[MAX_FD];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static const char *folder, *notes;
static int journal = -1;

#define REAL(name) ((__typeof__(&name))real(#name))
static void *real(const char *name) {
  void *found = dlsym(RTLD_NEXT, name);
  if (found == NULL) abort();
  return found;
}

__attribute__((constructor)) static void begin(void) {
  const char *path = getenv("SHEAF_POWER_JOURNAL");
  folder = getenv("SHEAF_POWER_FOLDER");
  notes = getenv("SHEAF_POWER_NOTES");
  if (path == NULL || folder == NULL || notes == NULL) return;
  journal = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (journal < 0) abort();
}

static void put(const void *bytes, size_t length) {
  const char *at = bytes;
  while (length > 0) {
    ssize_t done = syscall(SYS_write, journal, at, length);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) abort();
    at += done;
    length -= (size_t)done;
  }
}

/* kind u32, length of name u32, inode u64, offset or size u64, length of data u64, name, data; little-endian. */
static void enter(uint32_t kind, uint64_t inode, uint64_t offset, const char *name, const void *data, uint64_t length) {
  int saved = errno;
  uint32_t name_length = (uint32_t)strlen(name);
  struct { uint32_t kind, name_length; uint64_t inode, offset, length; } head = {kind, name_length, inode, offset, length};
  put(&head, sizeof head);
  put(name, name_length);
  if (length > 0) put(data, length);
  errno = saved;
}

/* The path within the folder ("" for the folder itself), or NULL when it is elsewhere or no concern of ours. */
static const char *within(int at, const char *path, char *buffer) {
  if (journal < 0 || path == NULL) return NULL;
  if (path[0] == '/') snprintf(buffer, PATH_MAX, "%s", path);
  else {
    char base[PATH_MAX];
    if (at == AT_FDCWD) {
      if (getcwd(base, sizeof base) == NULL) return NULL;
    } else {
      char link[64];
      snprintf(link, sizeof link, "/proc/self/fd/%d", at);
      ssize_t length = readlink(link, base, sizeof base - 1);
      if (length < 0) return NULL;
      base[length] = 0;
    }
    if (snprintf(buffer, PATH_MAX, "%s/%s", base, path) >= PATH_MAX) return NULL;
  }
  size_t root = strlen(folder), whole = strlen(buffer);
  if (strncmp(buffer, folder, root) != 0) return NULL;
  if (whole >= 4 && strcmp(buffer + whole - 4, "-shm") == 0) return NULL;
  if (buffer[root] == 0) return "";
  return buffer[root] == '/' ? buffer + root + 1 : NULL;
}

static struct open_file *watched(int fd) {
  return fd >= 0 && fd < MAX_FD && files[fd].kind != UNWATCHED ? &files[fd] : NULL;
}

static int open_any(int at, const char *path, int flags, mode_t mode) {
  char buffer[PATH_MAX];
  int is_notes = journal >= 0 && path != NULL && strcmp(path, notes) == 0;
  const char *name = is_notes ? NULL : within(at, path, buffer);
  if (!is_notes && name == NULL) {
    int fd = (int)syscall(SYS_openat, at, path, flags, mode);
    if (fd >= 0 && fd < MAX_FD) files[fd].kind = UNWATCHED;
    return fd;
  }
  pthread_mutex_lock(&lock);
  struct stat before, after;
  int existed = name == NULL || fstatat(AT_FDCWD, buffer, &before, 0) == 0;
  int fd = (int)syscall(SYS_openat, at, path, flags, mode);
  if (fd >= 0) {
    if (fd >= MAX_FD || fstat(fd, &after) != 0) abort();
    struct open_file *file = &files[fd];
    file->kind = is_notes ? NOTES : S_ISDIR(after.st_mode) ? WATCHED_FOLDER : WATCHED_FILE;
    file->append = (flags & O_APPEND) != 0;
    file->inode = after.st_ino;
    snprintf(file->name, sizeof file->name, "%s", name == NULL ? "" : name);
    if (file->kind == WATCHED_FILE) {
      if (!existed) enter(CREATE, file->inode, 0, name, NULL, 0);
      else if ((flags & O_TRUNC) != 0) enter(TRUNCATE, file->inode, 0, "", NULL, 0);
    }
  }
  int saved = errno;
  pthread_mutex_unlock(&lock);
  errno = saved;
  return fd;
}

#define OPEN(name, at, before_path, first)                         \
  int name(first const char *path, int flags, ...) {               \
    va_list rest;                                                  \
    va_start(rest, flags);                                         \
    mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, mode_t) : 0; \
    va_end(rest);                                                  \
    return open_any(at, path, flags before_path, mode);            \
  }
#define NOTHING
#define DIRECTORY int directory,
OPEN(open, AT_FDCWD, NOTHING, NOTHING)
OPEN(open64, AT_FDCWD, NOTHING, NOTHING)
OPEN(openat, directory, NOTHING, DIRECTORY)
OPEN(openat64, directory, NOTHING, DIRECTORY)

int creat(const char *path, mode_t mode) { return open_any(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }
int creat64(const char *path, mode_t mode) { return open_any(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }

int close(int fd) {
  if (fd >= 0 && fd < MAX_FD) files[fd].kind = UNWATCHED;
  return (int)syscall(SYS_close, fd);
}

static void entered_write(struct open_file *file, const void *data, ssize_t done, off64_t offset) {
  if (done <= 0) return;
  if (file->kind == NOTES) enter(NOTE, 0, 0, "", data, (uint64_t)done);
  else enter(WRITE, file->inode, (uint64_t)offset, "", data, (uint64_t)done);
}

static off64_t position(int fd, struct open_file *file) {
  struct stat now;
  if (!file->append) return lseek64(fd, 0, SEEK_CUR);
  if (fstat(fd, &now) != 0) abort();
  return now.st_size;
}

#define LOCKED(type, call, entry)        \
  pthread_mutex_lock(&lock);             \
  type result = (type)(call);            \
  int saved = errno;                     \
  entry;                                 \
  pthread_mutex_unlock(&lock);           \
  errno = saved;                         \
  return result;

ssize_t write(int fd, const void *data, size_t length) {
  struct open_file *file = watched(fd);
  if (file == NULL) return syscall(SYS_write, fd, data, length);
  off64_t at = 0;
  LOCKED(ssize_t, (at = position(fd, file), syscall(SYS_write, fd, data, length)), entered_write(file, data, result, at))
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t offset) {
  struct open_file *file = watched(fd);
  if (file == NULL) return syscall(SYS_pwrite64, fd, data, length, offset);
  LOCKED(ssize_t, syscall(SYS_pwrite64, fd, data, length, offset), entered_write(file, data, result, offset))
}
ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) { return pwrite64(fd, data, length, offset); }

/* Several buffers at once become one: what is written and entered is the same either way. */
static ssize_t write_vector(int fd, const struct iovec *parts, int count, off64_t offset, int here) {
  size_t length = 0;
  for (int i = 0; i < count; i++) length += parts[i].iov_len;
  char *whole = malloc(length + 1), *at = whole;
  if (whole == NULL) abort();
  for (int i = 0; i < count; at += parts[i++].iov_len) memcpy(at, parts[i].iov_base, parts[i].iov_len);
  ssize_t done = here ? write(fd, whole, length) : pwrite64(fd, whole, length, offset);
  int saved = errno;
  free(whole);
  errno = saved;
  return done;
}
ssize_t writev(int fd, const struct iovec *parts, int count) {
  return watched(fd) == NULL ? syscall(SYS_writev, fd, parts, count) : write_vector(fd, parts, count, 0, 1);
}
ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t offset) {
  return watched(fd) == NULL ? REAL(pwritev64)(fd, parts, count, offset) : write_vector(fd, parts, count, offset, 0);
}
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t offset) {
  return pwritev64(fd, parts, count, offset);
}

int ftruncate64(int fd, off64_t size) {
  struct open_file *file = watched(fd);
  if (file == NULL) return (int)syscall(SYS_ftruncate, fd, size);
  LOCKED(int, syscall(SYS_ftruncate, fd, size),
         if (result == 0 && file->kind == WATCHED_FILE) enter(TRUNCATE, file->inode, (uint64_t)size, "", NULL, 0))
}
int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

static void entered_sync(struct open_file *file) {
  if (file->kind == WATCHED_FILE) enter(SYNC, file->inode, 0, "", NULL, 0);
  else if (file->kind == WATCHED_FOLDER) enter(SYNC_FOLDER, 0, 0, file->name, NULL, 0);
}

int fsync(int fd) {
  struct open_file *file = watched(fd);
  if (file == NULL) return (int)syscall(SYS_fsync, fd);
  LOCKED(int, syscall(SYS_fsync, fd), if (result == 0) entered_sync(file))
}
int fdatasync(int fd) {
  struct open_file *file = watched(fd);
  if (file == NULL) return (int)syscall(SYS_fdatasync, fd);
  LOCKED(int, syscall(SYS_fdatasync, fd), if (result == 0) entered_sync(file))
}

int unlinkat(int at, const char *path, int flags) {
  char buffer[PATH_MAX];
  const char *name = within(at, path, buffer);
  if (name == NULL) return (int)syscall(SYS_unlinkat, at, path, flags);
  LOCKED(int, syscall(SYS_unlinkat, at, path, flags), if (result == 0) enter(UNLINK, 0, 0, name, NULL, 0))
}
int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }

static int rename_any(int old_at, const char *old, int new_at, const char *new, unsigned flags) {
  char old_buffer[PATH_MAX], new_buffer[PATH_MAX];
  const char *from = within(old_at, old, old_buffer), *to = within(new_at, new, new_buffer);
  if (from == NULL && to == NULL) return (int)syscall(SYS_renameat2, old_at, old, new_at, new, flags);
  LOCKED(int, syscall(SYS_renameat2, old_at, old, new_at, new, flags), if (result == 0) {
    if (from == NULL || to == NULL || flags != 0) enter(UNKNOWN, 0, 0, "rename across the folder's bounds", NULL, 0);
    else enter(RENAME, 0, 0, from, to, strlen(to));
  })
}
int rename(const char *old, const char *new) { return rename_any(AT_FDCWD, old, AT_FDCWD, new, 0); }
int renameat(int old_at, const char *old, int new_at, const char *new) { return rename_any(old_at, old, new_at, new, 0); }
int renameat2(int old_at, const char *old, int new_at, const char *new, unsigned flags) {
  return rename_any(old_at, old, new_at, new, flags);
}

int mkdir(const char *path, mode_t mode) {
  char buffer[PATH_MAX];
  const char *name = within(AT_FDCWD, path, buffer);
  if (name == NULL) return (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);
  LOCKED(int, syscall(SYS_mkdirat, AT_FDCWD, path, mode), if (result == 0) enter(MAKE_FOLDER, 0, 0, name, NULL, 0))
}

/* What follows changes files in ways that are not written down. Nothing of ours does it; if that changes, it is seen. */
static void unknown(const char *call) {
  pthread_mutex_lock(&lock);
  enter(UNKNOWN, 0, 0, call, NULL, 0);
  pthread_mutex_unlock(&lock);
}

void *mmap64(void *address, size_t length, int protection, int flags, int fd, off64_t offset) {
  if ((flags & MAP_SHARED) != 0 && (protection & PROT_WRITE) != 0 && watched(fd) != NULL) unknown("mmap");
  return (void *)syscall(SYS_mmap, address, length, protection, flags, fd, offset);
}
void *mmap(void *address, size_t length, int protection, int flags, int fd, off_t offset) {
  return mmap64(address, length, protection, flags, fd, offset);
}
ssize_t copy_file_range(int from, off64_t *from_at, int to, off64_t *to_at, size_t length, unsigned flags) {
  if (watched(to) != NULL) unknown("copy_file_range");
  return REAL(copy_file_range)(from, from_at, to, to_at, length, flags);
}
ssize_t sendfile64(int to, int from, off64_t *offset, size_t length) {
  if (watched(to) != NULL) unknown("sendfile");
  return syscall(SYS_sendfile, to, from, offset, length);
}
ssize_t sendfile(int to, int from, off_t *offset, size_t length) { return sendfile64(to, from, offset, length); }
int fallocate64(int fd, int mode, off64_t offset, off64_t length) {
  if (watched(fd) != NULL) unknown("fallocate");
  return (int)syscall(SYS_fallocate, fd, mode, offset, length);
}
int fallocate(int fd, int mode, off_t offset, off_t length) { return fallocate64(fd, mode, offset, length); }
int posix_fallocate64(int fd, off64_t offset, off64_t length) {
  if (watched(fd) != NULL) unknown("posix_fallocate");
  return REAL(posix_fallocate64)(fd, offset, length);
}
int posix_fallocate(int fd, off_t offset, off_t length) { return posix_fallocate64(fd, offset, length); }
int link(const char *old, const char *new) {
  char buffer[PATH_MAX];
  if (within(AT_FDCWD, new, buffer) != NULL) unknown("link");
  return (int)syscall(SYS_linkat, AT_FDCWD, old, AT_FDCWD, new, 0);
}
int truncate64(const char *path, off64_t size) {
  char buffer[PATH_MAX];
  if (within(AT_FDCWD, path, buffer) != NULL) unknown("truncate");
  return (int)syscall(SYS_truncate, path, size);
}
int truncate(const char *path, off_t size) { return truncate64(path, size); }
