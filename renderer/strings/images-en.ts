/** English strings of pictures. */
export const imagesEn = {
  'command.image': 'Picture…',
  'keywords.image': 'image photo photograph figure illustration insert',
  'image.notAnImage': 'This is not a picture that Sheaf can show.',
  'image.tooBig': 'This picture is too large to be kept in a document.',
  'image.notKept': 'The picture could not be put into the document.',
  'image.missing': 'This picture is not on this computer.',
  'image.ownWidth': 'its own width',
  'image.width': 'Width of the picture',
  'image.toolbar': 'Picture',
  'image.caption': 'Caption',
  'image.description': 'Describe it for people who can’t see it',
  'image.left': 'At the left',
  'image.center': 'In the middle',
  'image.right': 'At the right',
}
